// SPDX-License-Identifier: Apache-2.0
// Two pictures of one frame on a canvas: beside each other, over each other, or what differs. Zoom and place hold for both.
import {by, made} from './dom.js';

/** @typedef {import('./api.js').Picture} Picture */
/** @typedef {'wipe'|'side'|'before'|'after'|'difference'} Mode */

const MOST_ZOOM = 16;
/** How often a difference is doubled: 2³ = 8 times as strong. */
const DOUBLINGS = 3;

export class Viewer {
  constructor() {
    this.stage = by('stage');
    /** @type {HTMLCanvasElement} */
    this.canvas = by('canvas');
    this.split = by('split');
    /** @type {Mode} */
    this.mode = 'wipe';
    /** @type {Picture|null} */
    this.before = null;
    /** @type {Picture|null} */
    this.after = null;
    this.isHeld = false;
    this.share = 0.5;
    /** Screen pixels for each pixel of the original; 0 = as large as fits. */
    this.zoom = 0;
    /** What lies in the middle, from 0 to 1. */
    this.middle = {x: 0.5, y: 0.5};
    /** Called when the zoom has changed. */
    this.onZoom = () => {};
    /** @type {HTMLCanvasElement|null} */
    this.difference = null;
    this.isDue = false;
    new ResizeObserver(() => this.draw()).observe(this.stage);
    this.#listen();
  }

  /**
   * @param {Picture|null} before
   * @param {Picture|null} after
   */
  show(before, after) {
    if (before !== this.before || after !== this.after) this.difference = null;
    this.before = before;
    this.after = after;
    this.draw();
  }

  /** @param {Mode} mode */
  setMode(mode) {
    this.mode = mode;
    this.draw();
  }

  /**
   * While a key is held the picture is shown as it was.
   * @param {boolean} isHeld
   */
  hold(isHeld) {
    this.isHeld = isHeld;
    this.draw();
  }

  /** @param {number} share */
  setSplit(share) {
    this.share = Math.min(1, Math.max(0, share));
    this.split.setAttribute('aria-valuenow', String(Math.round(this.share * 100)));
    this.draw();
  }

  /** The original's size as a viewer sees it. */
  get size() {
    const facts = this.before?.facts ?? this.after?.facts;
    return facts ? {width: facts.width * facts.pixel_aspect, height: facts.height} : {width: 1, height: 1};
  }

  /** One pane: the whole stage, or half of it. */
  get pane() {
    const width = this.stage.clientWidth, height = this.stage.clientHeight;
    return {width: this.isSideBySide ? width / 2 : width, height};
  }

  get isSideBySide() { return this.mode === 'side' && !this.isHeld; }

  get fit() {
    const size = this.size, pane = this.pane;
    return Math.min(pane.width / size.width, pane.height / size.height);
  }

  get scale() { return this.zoom || this.fit; }

  /**
   * @param {number} zoom 0 = as large as fits
   * @param {{x: number, y: number}} [at] the place on the pane that stays where it is
   */
  setZoom(zoom, at) {
    const pane = this.pane, size = this.size, old = this.scale;
    this.zoom = zoom === 0 ? 0 : Math.min(MOST_ZOOM, Math.max(Math.min(0.1, this.fit), zoom));
    if (at && this.zoom) {
      const grown = 1 / old - 1 / this.zoom;
      this.middle.x += (at.x - pane.width / 2) * grown / size.width;
      this.middle.y += (at.y - pane.height / 2) * grown / size.height;
    }
    if (!this.zoom) this.middle = {x: 0.5, y: 0.5};
    this.#keepInside();
    this.onZoom();
    this.draw();
  }

  /** @param {number} factor @param {{x: number, y: number}} [at] */
  zoomBy(factor, at) {
    const next = this.scale * factor;
    this.setZoom(factor < 1 && next <= this.fit ? 0 : next, at ?? {x: this.pane.width / 2, y: this.pane.height / 2});
  }

  #keepInside() {
    this.middle.x = Math.min(1, Math.max(0, this.middle.x));
    this.middle.y = Math.min(1, Math.max(0, this.middle.y));
  }

  draw() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => { this.isDue = false; this.#draw(); });
  }

  #draw() {
    const ratio = devicePixelRatio || 1, width = this.stage.clientWidth, height = this.stage.clientHeight;
    const wide = Math.round(width * ratio), high = Math.round(height * ratio);
    if (this.canvas.width !== wide || this.canvas.height !== high) Object.assign(this.canvas, {width: wide, height: high});
    const paint = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext('2d'));
    paint.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint.clearRect(0, 0, width, height);
    const isWiped = this.mode === 'wipe' && !this.isHeld && this.before !== null;
    this.split.hidden = !isWiped || !this.after;
    this.split.style.setProperty('--share', this.share * 100 + '%');
    this.#tag(isWiped);
    if (!this.before && !this.after) return;
    paint.imageSmoothingEnabled = this.scale < 2;
    paint.imageSmoothingQuality = 'high';
    if (this.isSideBySide) {
      this.#paint(paint, this.before, {x: 0, width: width / 2});
      this.#paint(paint, this.after, {x: width / 2, width: width / 2});
    } else if (isWiped && this.after) {
      const border = width * this.share;
      this.#paint(paint, this.before, {x: 0, width: border}, 0);
      this.#paint(paint, this.after, {x: border, width: width - border}, 0);
    } else if (this.mode === 'difference' && !this.isHeld) {
      this.#paint(paint, this.after ? this.#differing() : null, {x: 0, width});
    } else {
      const shown = this.isHeld || this.mode !== 'after' ? this.before : this.after;
      this.#paint(paint, shown, {x: 0, width});
    }
  }

  /** @param {boolean} isWiped */
  #tag(isWiped) {
    const left = by('tag-left'), right = by('tag-right');
    const has = {before: !!this.before, after: !!this.after};
    const only = this.isHeld ? 'before' : this.mode;
    const two = isWiped && has.after || this.isSideBySide && has.before;
    left.hidden = !(two || has.before && (only === 'before' || isWiped));
    right.hidden = !(two && has.after || has.after && (only === 'after' || only === 'difference'));
    left.textContent = 'Before';
    right.textContent = only === 'difference' ? 'Difference × 8' : 'After';
  }

  /**
   * @param {CanvasRenderingContext2D} paint
   * @param {{bitmap: ImageBitmap|HTMLCanvasElement}|null} picture
   * @param {{x: number, width: number}} window where something is painted
   * @param {number} [paneLeft] where the pane begins that the picture lies in
   */
  #paint(paint, picture, window, paneLeft = window.x) {
    if (!picture) return;
    const size = this.size, pane = this.pane, scale = this.scale;
    const width = size.width * scale, height = size.height * scale;
    const left = paneLeft + pane.width / 2 - this.middle.x * width, top = pane.height / 2 - this.middle.y * height;
    paint.save();
    paint.beginPath();
    paint.rect(window.x, 0, window.width, this.stage.clientHeight);
    paint.clip();
    paint.drawImage(picture.bitmap, left, top, width, height);
    paint.restore();
  }

  /** What differs, made visible; kept until other pictures come. */
  #differing() {
    if (this.difference) return {bitmap: this.difference};
    const before = /** @type {Picture} */ (this.before).bitmap, after = /** @type {Picture} */ (this.after).bitmap;
    const canvas = made('canvas', {width: after.width, height: after.height});
    const paint = canvas.getContext('2d');
    paint.drawImage(before, 0, 0, after.width, after.height);
    paint.globalCompositeOperation = 'difference';
    paint.drawImage(after, 0, 0);
    paint.globalCompositeOperation = 'lighter';
    for (let i = 0; i < DOUBLINGS; ++i) paint.drawImage(canvas, 0, 0);
    this.difference = canvas;
    return {bitmap: canvas};
  }

  #listen() {
    const stage = this.stage;
    stage.addEventListener('wheel', (/** @type {WheelEvent} */ event) => {
      if (!this.before) return;
      event.preventDefault();
      this.zoomBy(Math.exp(-event.deltaY / 300), this.#placeOf(event));
    }, {passive: false});
    stage.addEventListener('dblclick', (/** @type {MouseEvent} */ event) => this.setZoom(this.zoom ? 0 : 1, this.#placeOf(event)));
    drag(stage, move => {
      if (!this.before) return;
      const size = this.size;
      this.middle.x -= move.x / this.scale / size.width;
      this.middle.y -= move.y / this.scale / size.height;
      if (!this.zoom) this.zoom = this.fit;
      this.#keepInside();
      this.draw();
    });
    drag(this.split, (_, event) => {
      const box = stage.getBoundingClientRect();
      this.setSplit((event.clientX - box.left) / box.width);
    });
    this.split.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      const steps = {ArrowLeft: -0.01, ArrowRight: 0.01, PageDown: -0.1, PageUp: 0.1, Home: -1, End: 1};
      const step = steps[/** @type {keyof typeof steps} */ (event.key)];
      if (step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      this.setSplit(this.share + step);
    });
  }

  /** @param {MouseEvent} event */
  #placeOf(event) {
    const box = this.stage.getBoundingClientRect(), pane = this.pane;
    const x = event.clientX - box.left;
    return {x: this.isSideBySide && x > pane.width ? x - pane.width : x, y: event.clientY - box.top};
  }
}

/**
 * Calls `onMove` for every movement of a pressed pointer.
 * @param {HTMLElement} element
 * @param {(move: {x: number, y: number}, event: PointerEvent) => void} onMove
 */
export function drag(element, onMove) {
  let last = {x: 0, y: 0};
  element.addEventListener('pointerdown', event => {
    if (event.button !== 0 || event.target !== element && element.contains(/** @type {Node} */ (event.target)) &&
        /** @type {HTMLElement} */ (event.target).closest('[role=slider],button,.empty') !== element.closest('[role=slider]')) return;
    last = {x: event.clientX, y: event.clientY};
    element.setPointerCapture(event.pointerId);
    onMove({x: 0, y: 0}, event);
  });
  element.addEventListener('pointermove', event => {
    if (!element.hasPointerCapture(event.pointerId)) return;
    onMove({x: event.clientX - last.x, y: event.clientY - last.y}, event);
    last = {x: event.clientX, y: event.clientY};
  });
}
