// SPDX-License-Identifier: Apache-2.0
// What the server is asked. Every answer that is no success becomes a Trouble.

/** Something that went wrong, and what can be done about it. */
export class Trouble extends Error {
  /**
   * @param {string} message
   * @param {string} advice
   * @param {number} status
   */
  constructor(message, advice, status) {
    super(message);
    this.advice = advice;
    this.status = status;
  }

  /** Somebody newer was there, or it was given up. */
  get isStale() { return this.status === 409; }
  /** The film is not looked over as far yet. */
  get isTooEarly() { return this.status === 425; }
}

/**
 * @typedef {{name: string, group: string, help: string, type: string, value: string, words: string[], usual: string,
 *   range: {lowest: number|null, highest: number|null, includes_lowest: boolean}|null, default: any, repeats: boolean,
 *   changes_pixels: boolean, may_vary: boolean}} Option
 * @typedef {{folder: string, film: string|null, models: string[], options: Option[]}} Start
 * @typedef {{film: number, path: string, width: number, height: number, codec: string, format: string, bits: number,
 *   frame_rate: number|null, frames_expected: number, seconds: number}} Film
 * @typedef {{frames: number, frames_expected: number, is_done: boolean, error: string, advice: string, cuts: number[],
 *   thumbs: number[], damage: [number, number][], damage_advice: string}} Progress
 * @typedef {{width: number, height: number, pixel_aspect: number, seconds: number, wall_seconds: number}} PictureFacts
 * @typedef {{bitmap: ImageBitmap, facts: PictureFacts}} Picture
 * @typedef {Record<string, any>} Settings
 * @typedef {{frames: [number, number], fade: number, settings: Settings}} Segment
 * @typedef {{only?: number[], except?: number[]}} ChosenPeople
 * @typedef {{film: number, frame: number, settings: Settings, segments?: Segment[], people?: ChosenPeople}} AskedFrame
 * @typedef {{loop: number, first_frame: number, count: number, width: number, height: number, pixel_aspect: number,
 *   wall_seconds: number}} FilmLoop
 * @typedef {{person: number, frames: number, spans: [number, number][], portraits: number}} Person
 * @typedef {{is_begun: boolean, is_done: boolean, share: number, error: string, advice: string, people: Person[]}} People
 * @typedef {{job: number, film: string, output: string, compared: string|null, newest: number, words: string, segments: number, chosen: boolean, state: 'waiting'|'running'|'stopped'|'done'|'failed',
 *   reason: string, told: string[], frames: number, frames_expected: number, frames_per_second: number, seconds_left: number|null}} Job
 */

/**
 * @param {string} path
 * @param {RequestInit} [request]
 */
async function answer(path, request) {
  let response;
  try {
    response = await fetch(path, request);
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw new Trouble('given up', '', 409);
    throw new Trouble('The program does not answer.', 'Is `reelface studio` still running in its terminal?', 0);
  }
  if (response.ok) return response;
  const text = await response.text();
  let told = {error: text.trim() || response.statusText, advice: ''};
  try { told = JSON.parse(text); } catch { /* a refusal in plain text */ }
  throw new Trouble(told.error, told.advice, response.status);
}

/**
 * @param {string} path
 * @param {object} body
 * @param {AbortSignal} [signal]
 */
function ask(path, body, signal) {
  return answer(path, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body), signal});
}

/** @returns {Promise<Start>} */
export const start = async () => (await answer('/api/start')).json();

/**
 * @param {string} path
 * @returns {Promise<{entries: {name: string, is_folder: boolean, bytes: number}[]}>}
 */
export const folder = async path => (await answer('/api/folder?path=' + encodeURIComponent(path))).json();

/**
 * @param {string} path
 * @returns {Promise<Film>}
 */
export const open = async path => (await ask('/api/open', {path})).json();

/**
 * @param {number} film
 * @returns {Promise<Progress>}
 */
export const progress = async film => (await answer('/api/film?film=' + film)).json();

/**
 * @param {number} film
 * @param {number} frame
 */
export const thumbAddress = (film, frame) => `/api/thumb?film=${film}&frame=${frame}`;

/** @param {AskedFrame} what */
export const search = async what => { await ask('/api/search', what); };

/**
 * @param {number} film
 * @returns {Promise<People>}
 */
export const people = async film => (await answer('/api/people?film=' + film)).json();

/**
 * @param {number} film
 * @param {string} jpeg in base64
 * @returns {Promise<number[]>} the people who look like it
 */
export const peopleLike = async (film, jpeg) => (await (await ask('/api/photo', {film, photo: jpeg})).json()).people;

/**
 * @param {number} film
 * @param {number} person
 * @param {number} number
 */
export const portraitAddress = (film, person, number) => `/api/portrait?film=${film}&person=${person}&number=${number}`;

/**
 * A frame as it is ('frame') or as it would be ('preview').
 * @param {'frame'|'preview'} kind
 * @param {AskedFrame} what
 * @param {AbortSignal} signal
 * @returns {Promise<Picture>}
 */
export async function picture(kind, what, signal) {
  const response = await ask('/api/' + kind, what, signal);
  const facts = JSON.parse(response.headers.get('Reelface-Facts') || '{}');
  try {
    return {bitmap: await createImageBitmap(await response.blob()), facts};
  } catch (failure) {
    if (signal.aborted) throw new Trouble('given up', '', 409);
    throw failure;
  }
}

/**
 * @param {AskedFrame & {count: number}} what
 * @param {AbortSignal} signal
 * @returns {Promise<FilmLoop>}
 */
export const loop = async (what, signal) => (await ask('/api/loop', what, signal)).json();

/**
 * @param {number} number of the loop
 * @param {number} frame counted in it
 * @param {boolean} isAfter
 * @param {AbortSignal} signal
 */
export async function loopPicture(number, frame, isAfter, signal) {
  const response = await answer(`/api/loop-picture?loop=${number}&number=${frame}&after=${Number(isAfter)}`, {signal});
  return createImageBitmap(await response.blob());
}

/** @returns {Promise<number>} how far the preview is that is computed, 0 to 1 */
export const working = async () => (await (await answer('/api/working')).json()).share;

export const cancel = async () => { await ask('/api/cancel', {}); };

/**
 * @param {AskedFrame} what
 * @param {AbortSignal} signal
 * @returns {Promise<string>}
 */
export const command = async (what, signal) => (await (await ask('/api/command', what, signal)).json()).command;

/** @returns {Promise<Job[]>} */
export const jobs = async () => (await (await answer('/api/jobs')).json()).jobs;

/** @param {{film: number, output: string, settings: Settings, segments: Segment[], people: ChosenPeople}} what */
export const addJob = async what => { await ask('/api/add', what); };

/**
 * @param {number} job
 * @param {'stop'|'go on'|'do next'|'forget'|'compare'} action
 */
export const changeJob = async (job, action) => { await ask('/api/job', {job, action}); };

/**
 * A picture of the frame that it has restored last.
 * @param {Job} job
 */
export const newestAddress = job => `/api/newest?job=${job.job}&at=${job.newest}`;

/**
 * What a comparison has written.
 * @param {Job} job
 */
export const comparisonAddress = job => `/api/page?job=${job.job}`;
