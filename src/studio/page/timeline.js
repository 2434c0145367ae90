// SPDX-License-Identifier: Apache-2.0
// The film from left to right: small pictures, shots, and where we are.
import {by, made} from './dom.js';
import {thumbAddress} from './api.js';
import {drag} from './viewer.js';

/** @typedef {import('./api.js').Progress} Progress */

const THUMB_HEIGHT = 58;

export class Timeline {
  constructor() {
    this.track = by('track');
    this.strip = by('strip');
    this.shots = by('shots');
    this.segments = by('segment-marks');
    this.faces = by('face-marks');
    this.dirt = by('dirt-marks');
    /** @type {[number, number][]} frames that were looked at, and specks on them */
    this.damage = [];
    /** @type {[number, number][]} frames in which somebody is seen, first and last */
    this.seen = [];
    this.head = by('head');
    this.film = 0;
    this.aspect = 16 / 9;
    /** Frames of the whole film, as far as known. */
    this.length = 0;
    this.frame = 0;
    /** @type {number[]} */
    this.cuts = [];
    /** @type {number[]} */
    this.thumbs = [];
    /** Frames that are looked over. */
    this.known = 0;
    /** @type {(frame: number) => void} */
    this.onChoose = () => {};
    new ResizeObserver(() => this.#lay()).observe(this.track);
    drag(this.track, (_, event) => this.#chooseAt(event.clientX));
    this.track.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      const step = {PageDown: -25, PageUp: 25}[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.onChoose(this.frame + step);
    });
  }

  /**
   * @param {number} film
   * @param {number} aspect
   */
  begin(film, aspect) {
    Object.assign(this, {film, aspect, length: 0, known: 0, cuts: [], thumbs: [], damage: []});
    this.strip.replaceChildren();
    this.shots.replaceChildren();
    this.setFrame(0);
  }

  /** @param {Progress} progress */
  update(progress) {
    this.length = progress.is_done ? progress.frames : Math.max(progress.frames, progress.frames_expected);
    this.known = progress.frames;
    this.cuts = progress.cuts;
    this.thumbs = progress.thumbs;
    this.damage = progress.damage;
    this.track.setAttribute('aria-valuemax', String(Math.max(0, this.length - 1)));
    this.#lay();
  }

  /** @param {number} frame */
  setFrame(frame) {
    this.frame = frame;
    this.track.setAttribute('aria-valuenow', String(frame));
    this.#place();
  }

  /** The first frame of the shot before this one, or of this one. */
  get shotBack() { return [0, ...this.cuts].filter(cut => cut < this.frame).pop() ?? 0; }
  get shotOn() { return this.cuts.find(cut => cut > this.frame) ?? Math.max(0, this.known - 1); }

  /**
   * The first frame of the shot with this one, and the first behind it.
   * @param {number} frame
   * @returns {[number, number]}
   */
  shotRange(frame) {
    const end = this.cuts.find(cut => cut > frame) ?? Math.max(1, this.known);
    return [[0, ...this.cuts].filter(cut => cut <= frame).pop() ?? 0, end];
  }

  /** @param {import('./api.js').Segment[]} segments */
  showSegments(segments) {
    this.segments.replaceChildren(...(this.length ? segments : []).map(({frames: [first, end], settings}) =>
      this.#piece(first, end, `Frames ${first} to ${end - 1} have settings of their own: ${Object.keys(settings).join(', ')}`)));
  }

  /** @param {[number, number][]} seen */
  showFaces(seen) {
    this.seen = seen;
    this.faces.replaceChildren(...(this.length ? seen : []).map(([first, last]) => this.#piece(first, last + 1, 'Somebody is seen here')));
  }

  /** Stretches in which dirt was seen: the first frame, the first behind it, specks on a frame. */
  get dirty() {
    return this.damage.map(([frame, specks], place) => {
      const end = this.damage[place + 1]?.[0] ?? this.length;
      return /** @type {[number, number, number]} */ ([place ? frame : 0, end, specks]);
    }).filter(([, , specks]) => specks > 0);
  }

  /** The share of the film that is so, 0 to 1. */
  get dirtyShare() {
    return this.length ? this.dirty.reduce((sum, [first, end]) => sum + end - first, 0) / this.length : 0;
  }

  #layDirt() {
    this.dirt.replaceChildren(...this.dirty.map(([first, end, specks]) => {
      const piece = this.#piece(first, end, `Dirt or scratches: about ${Math.round(specks)} on a frame`);
      piece.style.opacity = String(Math.min(1, 0.4 + specks / 20));
      return piece;
    }));
  }

  /** @param {number} first @param {number} end @param {string} title */
  #piece(first, end, title) {
    const piece = made('i', {title});
    piece.style.left = first / this.length * 100 + '%';
    piece.style.width = (end - first) / this.length * 100 + '%';
    return piece;
  }

  /** @param {number} frame */
  shotOf(frame) { return this.cuts.filter(cut => cut <= frame).length; }

  #place() {
    this.head.style.left = this.length > 1 ? (this.frame + 0.5) / this.length * 100 + '%' : '0';
    for (const [number, piece] of [...this.shots.children].entries())
      piece.classList.toggle('here', number === this.shotOf(this.frame));
  }

  /** @param {number} x */
  #chooseAt(x) {
    if (!this.length) return;
    const box = this.track.getBoundingClientRect();
    this.onChoose(Math.floor((x - box.left) / box.width * this.length));
  }

  #lay() {
    this.#layStrip();
    this.#layShots();
    this.showFaces(this.seen);
    this.#layDirt();
    this.#place();
  }

  /** As many pictures as fit side by side, each the nearest there is. */
  #layStrip() {
    const width = this.track.clientWidth, each = Math.max(24, THUMB_HEIGHT * this.aspect);
    const count = this.length && width ? Math.max(1, Math.floor(width / each)) : 0;
    while (this.strip.children.length > count) this.strip.lastChild.remove();
    while (this.strip.children.length < count) this.strip.append(made('img', {alt: '', draggable: false, decoding: 'async'}));
    for (const [number, image] of [...this.strip.children].entries()) {
      const middle = (number + 0.5) / count * this.length;
      const nearest = middle < this.known ? this.#nearestThumb(middle) : undefined;
      const address = nearest === undefined ? '' : thumbAddress(this.film, nearest);
      if (image.getAttribute('src') !== address) address ? image.setAttribute('src', address) : image.removeAttribute('src');
      image.classList.toggle('unknown', !address);
    }
  }

  /** @param {number} frame */
  #nearestThumb(frame) {
    let low = 0, high = this.thumbs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.thumbs[middle] < frame) low = middle + 1;
      else high = middle;
    }
    const after = this.thumbs[low], before = this.thumbs[low - 1];
    if (after === undefined || before === undefined) return after ?? before;
    return after - frame < frame - before ? after : before;
  }

  #layShots() {
    const borders = this.length ? [0, ...this.cuts, this.known] : [];
    const count = Math.max(0, borders.length - 1);
    while (this.shots.children.length > count) this.shots.lastChild.remove();
    while (this.shots.children.length < count) this.shots.append(made('i'));
    for (const [number, piece] of [...this.shots.children].entries()) {
      const [first, end] = [borders[number], borders[number + 1]];
      piece.style.left = first / this.length * 100 + '%';
      piece.style.width = Math.max(0, (end - first) / this.length * 100) + '%';
      piece.title = `Shot ${number + 1}: frames ${first} to ${end - 1}`;
    }
  }
}
