// SPDX-License-Identifier: Apache-2.0
// Who is in the film, as cards; a click chooses who is restored, or who is left as they are.
import {Trouble, people, peopleLike, portraitAddress, search} from './api.js';
import {by, made} from './dom.js';
import {listenToDrops, smallJpeg} from './photo.js';

/** @typedef {import('./api.js').Person} Person */
/** @typedef {import('./api.js').ChosenPeople} ChosenPeople */

const BETWEEN_LOOKS = 500;

/** @param {number} seconds */
function timeText(seconds) {
  return seconds < 60 ? `${seconds.toFixed(seconds < 10 ? 1 : 0)} s` : `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, '0')} min`;
}

export class People {
  /** @param {import('./timeline.js').Timeline} timeline */
  constructor(timeline) {
    this.timeline = timeline;
    /** @type {import('./api.js').Film|null} */
    this.film = null;
    /** @type {Person[]} */
    this.found = [];
    /** @type {Set<number>} */
    this.marked = new Set();
    this.timer = 0;
    /** @type {() => import('./api.js').AskedFrame} what the film is asked with */
    this.asked = () => ({film: 0, frame: 0, settings: {}});
    /** @type {() => void} told when others are chosen */
    this.onChange = () => {};
    by('who-find').onclick = () => this.#find();
    by('who-how').onchange = () => this.#changed();
    by('who-photo').onclick = () => by('who-photo-file').click();
    by('who-photo-file').onchange = () => {
      const file = by('who-photo-file').files[0];
      by('who-photo-file').value = '';
      if (file) void this.#markLike(file);
    };
    listenToDrops(file => this.#markLike(file));
  }

  /** @returns {ChosenPeople} */
  get chosen() {
    const how = by('who-how').value, numbers = [...this.marked].sort((one, other) => one - other);
    return how === 'all' || !numbers.length ? {} : how === 'only' ? {only: numbers} : {except: numbers};
  }

  /** @param {import('./api.js').Film} film */
  begin(film) {
    clearTimeout(this.timer);
    this.film = film;
    this.found = [];
    this.marked.clear();
    by('who-how').value = 'all';
    by('who').hidden = film.frames_expected === 1;
    this.#tell('');
    this.#lay();
    void this.#look();
  }

  async #find() {
    try {
      await search(this.asked());
      await this.#look();
    } catch (failure) {
      this.#tellTrouble(failure);
    }
  }

  /** Asks how far the search is, until it has ended. */
  async #look() {
    clearTimeout(this.timer);
    const film = this.film;
    if (!film) return;
    try {
      const seen = await people(film.film);
      if (film !== this.film || !seen.is_begun) return;
      if (seen.error) throw new Trouble(seen.error, seen.advice, 500);
      if (!seen.is_done) {
        by('who-find').disabled = true;
        this.#tell(`Looking for people: ${Math.round(100 * seen.share)} %`);
        this.timer = setTimeout(() => this.#look(), BETWEEN_LOOKS);
        return;
      }
      this.found = seen.people;
      this.#tell(seen.people.length ? '' : 'Nobody was found that can be told from others.');
      this.#lay();
    } catch (failure) {
      this.#tellTrouble(failure);
    }
  }

  #lay() {
    const isKnown = this.found.length > 0;
    by('who-find').hidden = isKnown;
    by('who-find').disabled = false;
    by('who-choice').hidden = !isKnown;
    by('who-cards').replaceChildren(...this.found.map(person => this.#card(person)));
    this.timeline.showFaces(this.found.flatMap(person => person.spans));
    this.#refresh();
  }

  /** @param {Person} person */
  #card(person) {
    const film = /** @type {import('./api.js').Film} */ (this.film), name = 'Person ' + person.person;
    const seconds = film.frame_rate ? timeText(person.frames / film.frame_rate) : person.frames + ' frames';
    const card = made('button', {type: 'button', className: 'person', 'aria-pressed': 'false'},
                      ...(person.portraits ? [made('img', {src: portraitAddress(film.film, person.person, 0), alt: '', width: 72, height: 72})] : []),
                      made('b', {textContent: name}), made('span', {textContent: seconds}));
    card.onclick = () => this.#toggle(person.person);
    return made('li', {}, card);
  }

  /** @param {number} person */
  #toggle(person) {
    if (!this.marked.delete(person)) this.marked.add(person);
    if (by('who-how').value === 'all') by('who-how').value = 'only';
    if (!this.marked.size) by('who-how').value = 'all';
    this.#changed();
  }

  /** @param {File} photo */
  async #markLike(photo) {
    const film = this.film;
    if (!film) return;
    try {
      this.#tell('Comparing the photo…');
      const alike = await peopleLike(film.film, await smallJpeg(photo));
      if (film !== this.film) return;
      if (!alike.length) return this.#tell('Nobody in the film looks like that photo.');
      this.#tell(`Marked: ${alike.map(person => 'person ' + person).join(', ')}`);
      this.marked = new Set(alike);
      if (by('who-how').value === 'all') by('who-how').value = 'only';
      this.#changed();
    } catch (failure) {
      this.#tellTrouble(failure);
    }
  }

  #changed() {
    this.#refresh();
    this.onChange();
  }

  #refresh() {
    const how = by('who-how').value;
    for (const [number, card] of [...by('who-cards').querySelectorAll('button')].entries()) {
      const isMarked = this.marked.has(this.found[number].person);
      card.setAttribute('aria-pressed', String(isMarked));
      card.classList.toggle('left', how === 'only' && !isMarked && this.marked.size > 0 || how === 'except' && isMarked);
    }
  }

  /** @param {string} text */
  #tell(text) {
    by('who-state').textContent = text;
    by('who-state').className = 'facts';
  }

  /** @param {unknown} failure */
  #tellTrouble(failure) {
    this.#tell(failure instanceof Trouble ? [failure.message, failure.advice].filter(Boolean).join(' — ') : String(failure));
    by('who-state').className = 'reason';
    by('who-find').disabled = false;
  }
}
