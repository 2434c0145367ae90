// SPDX-License-Identifier: Apache-2.0
// The film on the desk: the frame that is looked at, as it is and as it would be.
import {Trouble, open, progress} from './api.js';
import {by, clockText} from './dom.js';
import {PictureRequest} from './preview.js';
import {forgetTrouble, tell, tellComputing, tellTrouble} from './status.js';

/** @typedef {import('./api.js').Film} Film */
/** @typedef {import('./api.js').Picture} Picture */

const AFTER_A_CHANGE = 500;
const BETWEEN_LOOKS = 400;

export class Desk {
  /**
   * @param {import('./viewer.js').Viewer} viewer
   * @param {import('./timeline.js').Timeline} timeline
   * @param {import('./settings.js').SettingsPanel} panel
   * @param {import('./segments.js').Segments} segments
   * @param {import('./people.js').People} people
   */
  constructor(viewer, timeline, panel, segments, people) {
    this.viewer = viewer;
    this.timeline = timeline;
    this.panel = panel;
    this.segments = segments;
    this.people = people;
    /** @type {Film|null} */
    this.film = null;
    this.frame = 0;
    /** @type {Picture|null} */
    this.before = null;
    /** @type {Picture|null} */
    this.after = null;
    /** @type {Film|null} what a job has made of the film: then that is what is shown after */
    this.result = null;
    this.beforeRequest = new PictureRequest('frame');
    this.afterRequest = new PictureRequest('preview');
    this.resultRequest = new PictureRequest('frame');
    this.afterRequest.onWait = why => tell(why[0].toUpperCase() + why.slice(1), 'busy');
    this.due = 0;
    this.looking = 0;
    /** @type {() => void} told when another film lies here */
    this.onOpen = () => {};
    /** @type {() => void} told when other pictures are to be seen than before */
    this.onExpire = () => {};
  }

  /** What the program is asked about: this frame with these settings. There must be a film. */
  get asked() {
    return {film: /** @type {Film} */ (this.film).film, frame: this.frame, settings: this.panel.values, segments: this.segments.list,
            people: this.people.chosen};
  }

  /** @param {string} path */
  async open(path) {
    const film = await open(path);
    forgetTrouble();
    Object.assign(this, {film: null, frame: 0, before: null, after: null, result: null});
    this.segments.set([]);
    this.people.begin(film);
    this.film = film;
    by('empty').hidden = true;
    by('film').textContent = film.path;
    document.title = film.path + ' · Reelface Studio';
    by('frame').value = '0';
    this.timeline.begin(film.film, film.width / film.height);
    this.segments.goTo(0);
    this.viewer.setZoom(0);
    this.expire();
    void this.#look();
    void this.#loadBefore();
    this.onOpen();
  }

  /**
   * A film beside what has been made of it.
   * @param {string} path
   * @param {string} result
   */
  async openBoth(path, result) {
    const made = await open(result);
    await this.open(path);
    this.result = made;
    by('film').textContent = path + ' → ' + result;
    this.expire();
  }

  /** From now on it is computed what is shown after. */
  leaveResult() {
    if (!this.film || !this.result) return;
    this.result = null;
    by('film').textContent = this.film.path;
  }

  /** @param {number} frame */
  goTo(frame) {
    if (!this.film) return;
    const last = Math.max(0, (this.timeline.length || this.film.frames_expected || 1) - 1);
    const next = Math.min(last, Math.max(0, Math.round(frame) || 0));
    by('frame').value = String(next);
    if (next === this.frame && this.before) return;
    this.frame = next;
    this.timeline.setFrame(next);
    this.segments.goTo(next);
    this.expire();
    void this.#loadBefore();
  }

  /** The picture after is of other settings or another frame: away with it, and a new one soon. */
  expire() {
    if (!this.film) return;
    this.onExpire();
    this.after = null;
    this.#show();
    this.notYet();
    void this.afterRequest.stop();
    tell('', '');
    if (this.result) void this.#loadResult(this.result);
    else if (by('auto').checked) this.due = setTimeout(() => this.restore(), AFTER_A_CHANGE);
  }

  /** No picture comes by itself. */
  notYet() {
    clearTimeout(this.due);
  }

  async restore() {
    if (!this.film) return;
    this.onExpire();
    this.leaveResult();
    this.notYet();
    forgetTrouble();
    tellComputing();
    try {
      const picture = await this.afterRequest.get(this.#askedView());
      if (!picture) return;
      this.after = picture;
      this.#show();
      tell(`Restored in ${picture.facts.wall_seconds.toFixed(picture.facts.wall_seconds < 10 ? 1 : 0)} s`, 'good');
    } catch (failure) {
      tellTrouble(failure);
    }
  }

  async stop() {
    this.notYet();
    if (!this.afterRequest.isRunning) return;
    await this.afterRequest.stop();
    tell('Stopped', '');
  }

  /** With what is to be shown of the restored frame, which the command does not say. */
  #askedView() {
    const view = by('view').value;
    return view === 'none' ? this.asked : {...this.asked, settings: {...this.panel.values, compare: view}};
  }

  /** @param {Film} result */
  async #loadResult(result) {
    try {
      const picture = await this.resultRequest.get({film: result.film, frame: this.frame, settings: {}});
      if (!picture || result !== this.result) return;
      this.after = picture;
      this.#show();
      tell('From the finished film', 'good');
    } catch (failure) {
      tellTrouble(failure);
    }
  }

  async #loadBefore() {
    try {
      const picture = await this.beforeRequest.get(this.asked);
      if (!picture) return;
      this.before = picture;
      by('clock').textContent = clockText(picture.facts.seconds);
      this.#show();
    } catch (failure) {
      tellTrouble(failure);
    }
  }

  /** Asks how far the film is looked over, until it is. */
  async #look() {
    clearTimeout(this.looking);
    const film = this.film;
    if (!film) return;
    try {
      const seen = await progress(film.film);
      if (film !== this.film) return;
      this.#showProgress(seen);
      if (seen.error) return tellTrouble(new Trouble(seen.error, seen.advice, 500));
      if (seen.is_done && this.frame >= seen.frames) this.goTo(seen.frames - 1);
      if (!seen.is_done) this.looking = setTimeout(() => this.#look(), BETWEEN_LOOKS);
    } catch (failure) {
      tellTrouble(failure);
    }
  }

  /** @param {import('./api.js').Progress} seen */
  #showProgress(seen) {
    this.timeline.update(seen);
    this.segments.refresh();
    const length = this.timeline.length;
    by('of').textContent = length ? 'of ' + (seen.is_done ? '' : 'about ') + length : '';
    by('frame').max = String(Math.max(0, length - 1));
    const share = length ? Math.round(100 * seen.frames / length) : 0;
    const shots = seen.cuts.length + 1;
    const dirty = Math.round(100 * this.timeline.dirtyShare);
    by('scan').textContent = !seen.is_done ? `Looking the film over: ${share} %` :
      `${shots} ${shots === 1 ? 'shot' : 'shots'}` + (dirty ? ` · dirt in ${dirty} % of the film` : '');
    by('damage-advice').textContent = seen.damage_advice.charAt(0).toUpperCase() + seen.damage_advice.slice(1);
    by('damage-advice').hidden = !seen.damage_advice;
  }

  #show() {
    this.viewer.show(this.before, this.after);
    const film = this.film;
    if (!film) return;
    const rate = film.frame_rate ? ` · ${Number(film.frame_rate.toFixed(3))} fps` : '';
    const enlarged = this.after && this.before && this.after.facts.width !== this.before.facts.width ?
      ` → ${this.after.facts.width} × ${this.after.facts.height}` : '';
    by('facts').textContent = `${film.width} × ${film.height}${enlarged}${rate} · ${film.codec}, ${film.bits} bit`;
  }
}
