// SPDX-License-Identifier: Apache-2.0
// Choosing a film in the studio's folder.
import {by, made} from './dom.js';
import {Trouble, folder} from './api.js';

const KINDS = /\.(mp4|mkv|mov|avi|webm|m4v|mpg|mpeg|ts|m2ts|mts|vob|wmv|flv|mxf|ogv|dv|3gp|nut|gif|png|jpe?g|tiff?|webp|bmp)$/i;

/** @param {number} bytes */
function sizeText(bytes) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (bytes >= 1000 && unit < units.length - 1) { bytes /= 1000; ++unit; }
  return (bytes < 10 && unit ? bytes.toFixed(1) : Math.round(bytes)) + ' ' + units[unit];
}

export class FilmChooser {
  constructor() {
    this.dialog = by('films');
    this.path = '';
    /** @type {(path: string) => Promise<void>} */
    this.onChoose = async () => {};
  }

  async show() {
    this.dialog.showModal();
    await this.#list(this.path);
  }

  /** @param {string} path */
  async #list(path) {
    const trouble = by('films-trouble');
    trouble.hidden = true;
    try {
      const {entries} = await folder(path);
      this.path = path;
      by('films-path').textContent = path ? '/' + path : 'The studio’s folder';
      const rows = entries.filter(entry => entry.is_folder || KINDS.test(entry.name)).map(entry => this.#row(entry, path));
      if (path) rows.unshift(this.#up(path));
      if (!rows.length) rows.push(made('li', {className: 'nothing', textContent: 'No films here.'}));
      by('films-list').replaceChildren(...rows);
      by('films-list').querySelector('button')?.focus();
    } catch (failure) {
      this.#tell(failure);
    }
  }

  /** @param {unknown} failure */
  #tell(failure) {
    const trouble = by('films-trouble');
    trouble.textContent = failure instanceof Trouble ? [failure.message, failure.advice].filter(Boolean).join(' — ') : String(failure);
    trouble.hidden = false;
  }

  /** @param {string} path */
  #up(path) {
    const button = made('button', {type: 'button', textContent: '↑ One folder up'});
    button.onclick = () => this.#list(path.split('/').slice(0, -1).join('/'));
    return made('li', {}, button);
  }

  /**
   * @param {{name: string, is_folder: boolean, bytes: number}} entry
   * @param {string} path
   */
  #row(entry, path) {
    const whole = path ? path + '/' + entry.name : entry.name;
    const button = made('button', {type: 'button', className: entry.is_folder ? 'folder' : ''},
                        made('span', {textContent: entry.name + (entry.is_folder ? '/' : '')}),
                        made('small', {textContent: entry.is_folder ? '' : sizeText(entry.bytes)}));
    button.onclick = async () => {
      if (entry.is_folder) return this.#list(whole);
      try {
        await this.onChoose(whole);
        this.dialog.close();
      } catch (failure) {
        this.#tell(failure);
      }
    };
    return made('li', {}, button);
  }
}
