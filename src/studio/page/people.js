// SPDX-License-Identifier: Apache-2.0
// Who is in the film, as cards; a click chooses who is restored, or who is left as they are.
import {Trouble, people, peopleLike, portraitAddress, search} from './api.js';
import {by, made} from './dom.js';
import {listenToDrops, smallJpeg} from './photo.js';

/** @typedef {import('./api.js').Person} Person */
/** @typedef {import('./api.js').ChosenPeople} ChosenPeople */
/**
 * 'film': a shot that is restored as the film is.
 * @typedef {{how: 'all'|'only'|'except'|'film', marked: number[]}} Choice
 */

/** @type {Choice} */
const EVERYBODY = {how: 'all', marked: []};

const BETWEEN_LOOKS = 500;

/** @param {number} seconds */
function timeText(seconds) {
  return seconds < 60 ? `${seconds.toFixed(seconds < 10 ? 1 : 0)} s` : `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, '0')} min`;
}

export class People {
  /**
   * @param {import('./timeline.js').Timeline} timeline
   * @param {import('./segments.js').Segments} segments
   */
  constructor(timeline, segments) {
    this.timeline = timeline;
    this.segments = segments;
    /** @type {import('./api.js').Film|null} */
    this.film = null;
    /** @type {Person[]} */
    this.found = [];
    /** Of the film. */
    this.ofFilm = EVERYBODY;
    this.timer = 0;
    /** @type {() => import('./api.js').AskedFrame} what the film is asked with */
    this.asked = () => ({film: 0, frame: 0, settings: {}});
    /** @type {() => void} told when others are chosen */
    this.onChange = () => {};
    by('who-find').onclick = () => this.#find();
    by('who-how').onchange = () => this.#choose({how: by('who-how').value, marked: this.#here.marked});
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
    const {how, marked} = this.ofFilm;
    return how === 'all' || !marked.length ? {} : how === 'only' ? {only: marked} : {except: marked};
  }

  /** What is chosen for what the settings are for: the film, or one shot. @returns {Choice} */
  get #here() {
    const shot = this.segments.settings;
    if (!shot) return this.ofFilm;
    const only = shot['only-person'], except = shot['except-person'];
    if (!only && !except) return {how: 'film', marked: []};
    return only?.length ? {how: 'only', marked: only} : except?.length ? {how: 'except', marked: except} : EVERYBODY;
  }

  /** @param {Choice} choice */
  #choose({how, marked}) {
    const numbers = [...marked].sort((one, other) => one - other);
    if (!this.segments.settings) {
      this.ofFilm = {how: how === 'film' ? 'all' : how, marked: numbers};
    } else {
      this.segments.change('only-person', how === 'film' ? undefined : how === 'only' ? numbers : []);
      this.segments.change('except-person', how === 'film' ? undefined : how === 'except' ? numbers : []);
    }
    this.refresh();
    this.onChange();
  }

  /** @param {import('./api.js').Film} film */
  begin(film) {
    clearTimeout(this.timer);
    this.film = film;
    this.found = [];
    this.ofFilm = EVERYBODY;
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
    this.refresh();
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
    const {how, marked} = this.#here;
    const others = marked.filter((/** @type {number} */ other) => other !== person), next = others.length < marked.length ? others : [...marked, person];
    this.#choose(next.length ? {how: how === 'except' ? how : 'only', marked: next} : EVERYBODY);
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
      this.#choose({how: this.#here.how === 'except' ? 'except' : 'only', marked: alike});
    } catch (failure) {
      this.#tellTrouble(failure);
    }
  }

  /** Shows what is chosen for what the settings are for. */
  refresh() {
    const {how, marked} = this.#here;
    by('who-as-film').hidden = !this.segments.settings;
    by('who-how').value = how;
    for (const [number, card] of [...by('who-cards').querySelectorAll('button')].entries()) {
      const isMarked = marked.includes(this.found[number].person);
      card.setAttribute('aria-pressed', String(isMarked));
      card.classList.toggle('left', how === 'only' && !isMarked && marked.length > 0 || how === 'except' && isMarked);
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
