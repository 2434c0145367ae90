// SPDX-License-Identifier: Apache-2.0
// Which pictures are asked for, and when. A result that is not of the frame and settings shown is dropped.
import {Trouble, cancel, picture} from './api.js';

/** @typedef {import('./api.js').Picture} Picture */
/** @typedef {import('./api.js').AskedFrame} Asked */

const TRY_AGAIN_AFTER = 400;

/** @param {number} milliseconds @param {AbortSignal} signal */
const pause = (milliseconds, signal) => new Promise((resolve, reject) => {
  const timer = setTimeout(resolve, milliseconds);
  signal.addEventListener('abort', () => { clearTimeout(timer); reject(new Trouble('given up', '', 409)); }, {once: true});
});

/** One kind of picture; asking anew gives the one before up. */
export class PictureRequest {
  /** @param {'frame'|'preview'} kind */
  constructor(kind) {
    this.kind = kind;
    /** @type {AbortController|null} */
    this.running = null;
    /** @type {(why: string) => void} told while it has to wait for the film to be looked over */
    this.onWait = () => {};
  }

  /**
   * Null: it was given up, or somebody asked anew.
   * @param {Asked} asked
   * @returns {Promise<Picture|null>}
   */
  async get(asked) {
    this.running?.abort();
    const running = this.running = new AbortController();
    try {
      for (;;) {
        try {
          const found = await picture(this.kind, asked, running.signal);
          return running === this.running ? found : null;
        } catch (failure) {
          if (!(failure instanceof Trouble) || !failure.isTooEarly) throw failure;
          this.onWait(failure.message);
          await pause(TRY_AGAIN_AFTER, running.signal);
        }
      }
    } catch (failure) {
      if (running !== this.running || failure instanceof Trouble && failure.isStale) return null;
      throw failure;
    } finally {
      if (running === this.running) this.running = null;
    }
  }

  get isRunning() { return this.running !== null; }

  /** Gives up; the program stops computing as well. */
  async stop() {
    if (!this.running) return;
    this.running.abort();
    this.running = null;
    await cancel().catch(() => {});
  }
}
