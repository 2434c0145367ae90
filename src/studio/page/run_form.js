// SPDX-License-Identifier: Apache-2.0
// The line at the bottom: where the restored film goes, and its job.
import {by} from './dom.js';
import {forgetTrouble, tellTrouble} from './status.js';

const PICTURES = /\.(png|jpe?g|tiff?|webp|bmp)$/i;

export class RunForm {
  /**
   * @param {import('./desk.js').Desk} desk
   * @param {import('./jobs.js').JobList} jobs
   */
  constructor(desk, jobs) {
    this.desk = desk;
    this.jobs = jobs;
    by('run').onsubmit = (/** @type {SubmitEvent} */ event) => this.#run(event);
  }

  /** A name beside the film that no job has. */
  suggestOutput() {
    const film = this.desk.film;
    if (!film) return;
    const stem = film.path.replace(/\.[^./]*$/, '') + '_restored';
    const ending = PICTURES.test(film.path) ? '.png' : '.mkv';
    const taken = new Set(this.jobs.jobs.map(job => job.output));
    let name = stem + ending;
    for (let number = 2; taken.has(name); ++number) name = `${stem}_${number}${ending}`;
    by('output').value = name;
    by('output').disabled = by('run-now').disabled = false;
  }

  /** @param {SubmitEvent} event */
  async #run(event) {
    event.preventDefault();
    if (!this.desk.film) return;
    try {
      forgetTrouble();
      const {film, settings, segments, people} = this.desk.asked;
      await this.jobs.add({film, output: by('output').value.trim(), settings, segments, people});
      this.suggestOutput();
      this.jobs.show();
    } catch (failure) {
      tellTrouble(failure);
    }
  }
}
