// SPDX-License-Identifier: Apache-2.0
// A few seconds before and after, played over and over in step. What is on the stage is stepped through as it stands: wiped, zoomed.
import {cancel, loop, loopPicture} from './api.js';
import {by} from './dom.js';
import {forgetTrouble, tell, tellComputing, tellTrouble} from './status.js';

/** @typedef {import('./api.js').Picture} Picture */

const SECONDS = 2;

export class Loop {
  /**
   * @param {import('./desk.js').Desk} desk
   * @param {import('./viewer.js').Viewer} viewer
   */
  constructor(desk, viewer) {
    this.desk = desk;
    this.viewer = viewer;
    /** @type {AbortController|null} while it is made or played */
    this.running = null;
    this.isMade = false;
    by('loop').onclick = () => this.toggle();
  }

  toggle() {
    if (this.running) this.stop();
    else if (this.desk.film) void this.#play();
  }

  /** Makes room for other pictures. */
  leave() {
    if (!this.running) return;
    this.running.abort();
    this.running = null;
    if (!this.isMade) void cancel().catch(() => {});
    by('loop').setAttribute('aria-pressed', 'false');
  }

  /** Back to the frame that was looked at. */
  stop() {
    if (!this.running) return;
    this.leave();
    if (!this.desk.after) return this.desk.expire();
    this.viewer.show(this.desk.before, this.desk.after);
    tell('', 'good');
  }

  async #play() {
    const running = this.running = new AbortController();
    this.isMade = false;
    by('loop').setAttribute('aria-pressed', 'true');
    this.desk.notYet();
    forgetTrouble();
    tellComputing();
    try {
      const rate = this.desk.film?.frame_rate || 25;
      const made = await loop({...this.desk.asked, count: Math.max(2, Math.round(SECONDS * rate))}, running.signal);
      this.isMade = true;
      const facts = {width: made.width, height: made.height, pixel_aspect: made.pixel_aspect, seconds: 0, wall_seconds: made.wall_seconds};
      const load = (/** @type {number} */ number, /** @type {boolean} */ isAfter) =>
        loopPicture(made.loop, number, isAfter, running.signal).then(bitmap => ({bitmap, facts}));
      const frames = await Promise.all(Array.from({length: made.count}, async (_, number) =>
        ({before: await load(number, false), after: await load(number, true)})));
      if (running.signal.aborted) return;
      tell(`Frames ${made.first_frame} to ${made.first_frame + made.count - 1}, over and over`, 'good');
      this.#step(frames, rate, performance.now(), running.signal);
    } catch (failure) {
      if (running.signal.aborted) return;
      this.leave();
      tellTrouble(failure);
    }
  }

  /**
   * @param {{before: Picture, after: Picture}[]} frames
   * @param {number} rate
   * @param {number} began
   * @param {AbortSignal} signal
   */
  #step(frames, rate, began, signal) {
    if (signal.aborted) return;
    const {before, after} = frames[Math.floor((performance.now() - began) / 1000 * rate) % frames.length];
    if (before !== this.viewer.before) this.viewer.show(before, after);
    requestAnimationFrame(() => this.#step(frames, rate, began, signal));
  }
}
