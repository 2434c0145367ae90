// SPDX-License-Identifier: Apache-2.0
// How the page looks: light or dark, and how the two pictures are held against each other. Both are remembered.
import {by, remember, remembered} from './dom.js';

/** @param {string} theme */
function paint(theme) {
  document.documentElement.dataset.theme = theme;
  by('theme').textContent = theme === 'dark' ? 'Light' : 'Dark';
  by('theme').setAttribute('aria-label', 'Show the page ' + (theme === 'dark' ? 'light' : 'dark'));
}

export function offerThemes() {
  paint(remembered('theme') || (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'));
  by('theme').onclick = () => {
    const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    paint(theme);
    remember('theme', theme);
  };
}

/** A row of radio buttons, one of which is in the order of the tab key. */
export class Modes {
  /** @param {import('./viewer.js').Viewer} viewer */
  constructor(viewer) {
    this.viewer = viewer;
    this.buttons = [...by('modes').children];
    for (const button of this.buttons) button.onclick = () => this.choose(button.dataset.mode);
    by('modes').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#onKey(event));
    this.choose(remembered('mode', 'wipe'));
  }

  /** @param {string} mode */
  choose(mode) {
    this.viewer.setMode(/** @type {any} */ (mode));
    for (const button of this.buttons) {
      const isChosen = button.dataset.mode === mode;
      button.setAttribute('aria-checked', String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
    }
    remember('mode', mode);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    if (!step) return;
    event.preventDefault();
    const at = this.buttons.findIndex(button => button.tabIndex === 0);
    const next = this.buttons[(at + step + this.buttons.length) % this.buttons.length];
    this.choose(next.dataset.mode);
    next.focus();
  }
}
