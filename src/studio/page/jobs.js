// SPDX-License-Identifier: Apache-2.0
// Films that are restored, one after the other.
import {Trouble, addJob, changeJob, comparisonAddress, jobs, newestAddress} from './api.js';
import {by, made} from './dom.js';

/** @typedef {import('./api.js').Job} Job */

const WHILE_WORKING = 1000;
const WHILE_IDLE = 10000;

/** @param {number} seconds */
function leftText(seconds) {
  if (seconds < 90) return `${Math.round(seconds)} s left`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min left` : `${(seconds / 3600).toFixed(1)} h left`;
}

/** @param {number} count */
function segmentsText(count) {
  return count ? `and ${count === 1 ? 'a shot' : count + ' shots'} otherwise` : '';
}

export class JobList {
  constructor() {
    this.dialog = by('queue');
    /** @type {Job[]} */
    this.jobs = [];
    /** @type {Map<number, HTMLImageElement>} of each job, the newest frame: kept, so that it does not flicker */
    this.pictures = new Map();
    this.timer = 0;
    /** @type {(path: string) => Promise<void>} looks at a finished film */
    this.onOpen = async () => {};
    /** @type {(film: string, result: string) => Promise<void>} holds a finished film against the one it was made of */
    this.onCompare = async () => {};
    /** @type {(job: Job) => void} told when a job has ended while the page looked on */
    this.onEnd = () => {};
    addEventListener('visibilitychange', () => { if (!document.hidden) void this.refresh(); });
  }

  show() {
    this.dialog.showModal();
    void this.refresh();
  }

  /** @param {Parameters<typeof addJob>[0]} what */
  async add(what) {
    await addJob(what);
    await this.refresh();
  }

  async refresh() {
    clearTimeout(this.timer);
    try {
      const before = new Map(this.jobs.map(job => [job.job, job.state]));
      this.jobs = await jobs();
      for (const job of this.jobs) {
        const hasEnded = job.state === 'done' || job.state === 'failed';
        if (hasEnded && ['running', 'waiting'].includes(before.get(job.job) ?? '')) this.onEnd(job);
      }
      this.#lay();
    } catch (failure) {
      this.#tell(failure);
    }
    const isWorking = this.jobs.some(job => job.state === 'running' || job.state === 'waiting');
    this.timer = setTimeout(() => this.refresh(), isWorking ? WHILE_WORKING : WHILE_IDLE);
  }

  #lay() {
    const open = this.jobs.filter(job => job.state === 'running' || job.state === 'waiting').length;
    by('jobs').replaceChildren('Jobs', ...(open ? [made('span', {className: 'badge', textContent: String(open)})] : []));
    const list = by('queue-list');
    if (!this.dialog.open) return;
    const focused = document.activeElement?.id;
    list.replaceChildren(...[...this.jobs].reverse().map(job => this.#row(job)));
    if (!this.jobs.length) list.append(made('li', {className: 'nothing', textContent: 'None yet. Open a film, choose settings, and restore it.'}));
    if (focused) document.getElementById(focused)?.focus();
  }

  /** @param {Job} job */
  #row(job) {
    const title = made('div', {className: 'line'}, made('b', {textContent: job.output}),
                       made('span', {className: 'state', textContent: this.#stateText(job)}));
    const what = job.compared ? [job.film, 'beside', job.compared] :
      [job.film, job.words, segmentsText(job.segments), job.chosen ? 'for chosen people' : ''];
    const row = made('li', {className: 'job ' + job.state}, title, made('code', {textContent: what.filter(Boolean).join('  ')}));
    if (job.state === 'running' || job.state === 'stopped' && job.frames) {
      const bar = made('progress', {max: Math.max(1, job.frames_expected), 'aria-label': 'Frames done of ' + job.output});
      if (job.frames_expected) bar.value = job.frames;
      row.append(bar);
    }
    if (job.newest) row.append(this.#newest(job));
    else this.pictures.delete(job.job);
    if (job.reason) row.append(made('p', {className: 'reason', textContent: job.reason}));
    if (job.told.length) row.append(made('ul', {className: 'told'}, ...job.told.map(line => made('li', {textContent: line}))));
    row.append(made('div', {className: 'line'}, ...this.#buttons(job)));
    return row;
  }

  /** @param {Job} job */
  #newest(job) {
    const image = this.pictures.get(job.job) ?? made('img', {className: 'newest', alt: 'The newest frame of ' + job.output});
    this.pictures.set(job.job, image);
    const address = newestAddress(job);
    if (image.getAttribute('src') !== address) image.src = address;
    return image;
  }

  /** @param {Job} job */
  #stateText(job) {
    if (job.state !== 'running') return job.state;
    const of = job.frames_expected ? ` of ${job.frames_expected}` : '';
    const speed = job.frames_per_second ? ` · ${job.frames_per_second.toFixed(1)} fps` : '';
    const left = job.seconds_left === null ? '' : ' · ' + leftText(job.seconds_left);
    return job.frames ? `frame ${job.frames}${of}${speed}${left}` : job.compared ? 'comparing' : 'looking the film over';
  }

  /** @param {Job} job */
  #isBehindAnother(job) {
    return this.jobs.find(other => other.state === 'waiting') !== job;
  }

  /** @param {Job} job */
  #buttons(job) {
    /** @type {[string, () => Promise<void>][]} */
    const actions = [];
    if (job.state === 'running' || job.state === 'waiting') actions.push(['Stop', () => changeJob(job.job, 'stop')]);
    if (job.state === 'waiting' && this.#isBehindAnother(job)) actions.push(['Do it next', () => changeJob(job.job, 'do next')]);
    if (job.state === 'stopped' || job.state === 'failed') actions.push(['Go on', () => changeJob(job.job, 'go on')]);
    if (job.state === 'done' && job.compared) actions.push(['See the page', async () => { window.open(comparisonAddress(job), '_blank', 'noopener'); }]);
    if (job.state === 'done' && !job.compared) actions.push(['Before and after', async () => { await this.onCompare(job.film, job.output); this.dialog.close(); }],
                                                            ['Look at it', async () => { await this.onOpen(job.output); this.dialog.close(); }],
                                                            ['Compare on a page', () => changeJob(job.job, 'compare')]);
    if (job.state !== 'running') actions.push(['Take off the list', () => changeJob(job.job, 'forget')]);
    return actions.map(([text, action]) => {
      const button = made('button', {type: 'button', className: 'quiet', textContent: text, id: `job-${job.job}-${text.replaceAll(' ', '-')}`,
                                     'aria-label': `${text}: ${job.output}`});
      button.onclick = async () => {
        by('queue-trouble').hidden = true;
        try { await action(); } catch (failure) { this.#tell(failure); }
        await this.refresh();
      };
      return button;
    });
  }

  /** @param {unknown} failure */
  #tell(failure) {
    const place = by('queue-trouble');
    place.textContent = failure instanceof Trouble ? [failure.message, failure.advice].filter(Boolean).join(' — ') : String(failure);
    place.hidden = false;
  }
}
