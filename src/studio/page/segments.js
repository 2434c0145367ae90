// SPDX-License-Identifier: Apache-2.0
// Shots with settings of their own, and whether the settings on the right are the film's or those of one shot.
import {by} from './dom.js';

/** @typedef {import('./api.js').Segment} Segment */
/** @typedef {import('./api.js').Settings} Settings */

const USUAL_FADE = 12;

export class Segments {
  /** @param {import('./timeline.js').Timeline} timeline */
  constructor(timeline) {
    this.timeline = timeline;
    /** @type {Segment[]} in the film's order; none lies over another */
    this.list = [];
    this.isShotChosen = false;
    this.frame = 0;
    /** @type {() => void} told when what the settings are for is another segment, or none */
    this.onMove = () => {};
    /** @type {() => void} told when the film is restored otherwise than before */
    this.onChange = () => {};
    for (const button of this.#scopes) button.onclick = () => this.#choose(button.dataset.scope === 'shot');
    by('scope').onkeydown = (/** @type {KeyboardEvent} */ event) => {
      if (!['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].includes(event.key)) return;
      event.preventDefault();
      this.#choose(!this.isShotChosen);
      this.#scopes.find(button => button.getAttribute('aria-checked') === 'true')?.focus();
    };
    for (const id of ['segment-first', 'segment-last', 'segment-fade']) by(id).onchange = () => this.#takeRange();
    by('segment-back').onclick = () => this.#giveBack();
    this.refresh();
  }

  /** @type {HTMLButtonElement[]} */
  get #scopes() { return [...by('scope').querySelectorAll('button')]; }

  /** @returns {Segment|undefined} the one with this frame */
  get here() { return this.list.find(({frames: [first, end]}) => first <= this.frame && this.frame < end); }

  /** @returns {Settings|null} the settings that are to be changed; null: the film's */
  get settings() { return this.isShotChosen ? this.here?.settings ?? {} : null; }

  /** @param {Segment[]} list for another film, or from a file */
  set(list) {
    this.list = list;
    this.#changed();
    this.onMove();
  }

  /** @param {number} frame */
  goTo(frame) {
    const before = this.here;
    this.frame = frame;
    this.refresh();
    if (this.isShotChosen && before !== this.here) this.onMove();
  }

  /**
   * The shot's settings; its segment begins with the first of them.
   * @param {string} name
   * @param {any} value undefined: the film's
   */
  change(name, value) {
    const known = this.here;
    if (!known && value === undefined) return;
    const segment = known ?? this.#begun();
    if (value === undefined) delete segment.settings[name];
    else segment.settings[name] = value;
    this.#changed();
    if (!known) this.onMove();
  }

  /** The part of this shot that has no settings of its own. */
  #begun() {
    let [first, end] = this.timeline.shotRange(this.frame);
    for (const {frames} of this.list) {
      if (frames[1] <= this.frame) first = Math.max(first, frames[1]);
      if (frames[0] > this.frame) end = Math.min(end, frames[0]);
    }
    /** @type {Segment} */
    const segment = {frames: [first, end], fade: USUAL_FADE, settings: {}};
    this.list.push(segment);
    this.list.sort((one, other) => one.frames[0] - other.frames[0]);
    return segment;
  }

  /** @param {boolean} isShotChosen */
  #choose(isShotChosen) {
    this.isShotChosen = isShotChosen;
    this.refresh();
    this.onMove();
  }

  /** From the fields, as far as the neighbours leave room. */
  #takeRange() {
    const segment = this.here;
    if (!segment) return;
    const place = this.list.indexOf(segment);
    const lowest = this.list[place - 1]?.frames[1] ?? 0, highest = this.list[place + 1]?.frames[0] ?? Math.max(1, this.timeline.known);
    const first = Math.min(highest - 1, Math.max(lowest, Math.round(Number(by('segment-first').value)) || 0));
    const last = Math.min(highest - 1, Math.max(first, Math.round(Number(by('segment-last').value)) || 0));
    segment.frames = [first, last + 1];
    segment.fade = Math.min(48, Math.max(0, Math.round(Number(by('segment-fade').value)) || 0));
    const isStillHere = segment === this.here;
    this.#changed();
    if (!isStillHere) this.onMove();
  }

  #giveBack() {
    this.list = this.list.filter(segment => segment !== this.here);
    this.#changed();
    this.onMove();
  }

  #changed() {
    this.refresh();
    this.onChange();
  }

  refresh() {
    for (const button of this.#scopes) {
      const isChosen = (button.dataset.scope === 'shot') === this.isShotChosen;
      button.setAttribute('aria-checked', String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
    }
    const segment = this.here;
    by('segment').hidden = !this.isShotChosen;
    document.documentElement.dataset.scope = this.isShotChosen ? 'shot' : 'film';
    by('segment-fields').hidden = by('segment-back').hidden = !segment;
    const [first, end] = segment?.frames ?? this.timeline.shotRange(this.frame);
    by('segment-state').textContent = segment ? 'Settings of their own for frames' :
      `Frames ${first} to ${Math.max(first, end - 1)} are as the film. What is changed here holds for them alone.`;
    by('segment-first').value = String(first);
    by('segment-last').value = String(end - 1);
    by('segment-fade').value = String(segment?.fade ?? USUAL_FADE);
    by('segments-save').hidden = !this.list.length;
    this.timeline.showSegments(this.list);
  }
}
