// SPDX-License-Identifier: Apache-2.0
// The command that would do the same in a terminal.
import {Trouble, command} from './api.js';
import {by} from './dom.js';

const AS_LONG_AS_IT_IS_READ = 1500;

export class CommandLine {
  constructor() {
    /** @type {AbortController|null} */
    this.running = null;
    /** @type {(failure: unknown) => void} told when these settings make no command */
    this.onTrouble = () => {};
    by('copy').onclick = () => this.#copy();
  }

  /** @param {import('./api.js').AskedFrame} asked */
  async show(asked) {
    this.running?.abort();
    this.running = new AbortController();
    try {
      by('command').textContent = await command(asked, this.running.signal);
      by('copy').disabled = false;
    } catch (failure) {
      if (failure instanceof Trouble && failure.isStale) return;
      by('copy').disabled = true;
      this.onTrouble(failure);
    }
  }

  async #copy() {
    const button = by('copy');
    try {
      await navigator.clipboard.writeText(by('command').textContent);
      button.textContent = 'Copied';
    } catch {
      getSelection()?.selectAllChildren(by('command'));
      button.textContent = 'Press Ctrl+C';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, AS_LONG_AS_IT_IS_READ);
  }
}
