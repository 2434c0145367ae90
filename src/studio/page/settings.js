// SPDX-License-Identifier: Apache-2.0
// The settings, made from the program's own table of options. What is left as usual is not said.
import {by, made} from './dom.js';
import {SETS, areSame} from './sets.js';

/** @typedef {import('./api.js').Option} Option */
/** @typedef {import('./api.js').Settings} Settings */

/** What most people change, in this order; everything else is below. */
const FIRST = ['strength', 'model', 'for', 'clean', 'grain', 'repair', 'steady', 'even', 'levels', 'upscale',
               'face-selector-mode'];
/** Not for looking at frames: ways to look that the page has itself, and what one film is asked. */
const HIDDEN = ['compare', 'overlay', 'aligned', 'serial', 'reference-face', 'reference-face-distance'];
/** @type {Record<string, string>} */
const NAMES = {for: 'Made for', clean: 'Clean the picture', grain: 'Grain kept', repair: 'Repair', steady: 'Steady',
               even: 'Even the light', levels: 'Levels', upscale: 'Enlarge', strength: 'Strength', model: 'Face model',
               'face-selector-mode': 'Which faces', ss: 'From', to: 'To', e: 'Encoder option'};

/** @param {string} name */
const plainName = name => NAMES[name] ?? (name[0].toUpperCase() + name.slice(1)).replaceAll('-', ' ');

/** @param {Option} option */
const isNumber = option => option.type === 'number' || option.type === 'integer';

export class SettingsPanel {
  constructor() {
    /** @type {Option[]} */
    this.options = [];
    /** @type {Settings} the film's: only what is not as usual */
    this.values = {};
    /** @type {Settings|null} those of one shot, where they are what is shown: only what is not as in the film */
    this.shot = null;
    /** @type {(name: string, value: any) => void} a setting of the shot; undefined: the film's */
    this.onChangeShot = () => {};
    /** @type {string[]} */
    this.models = [];
    /** @type {Map<string, () => void>} shows an option's value in its control */
    this.refreshers = new Map();
    this.onChange = () => {};
    by('reset').onclick = () => this.#resetAll();
  }

  /**
   * @param {Option[]} options
   * @param {string[]} models
   */
  begin(options, models) {
    this.options = options.filter(option => !HIDDEN.includes(option.name) && !option.repeats);
    this.models = models;
    const first = FIRST.flatMap(name => this.options.filter(option => option.name === name));
    const rest = this.options.filter(option => !FIRST.includes(option.name));
    const place = by('options');
    place.replaceChildren(made('div', {className: 'group'}, ...first.map(option => this.#row(option))));
    for (const group of new Set(rest.map(option => option.group))) {
      const rows = rest.filter(option => option.group === group).map(option => this.#row(option));
      place.append(made('details', {className: 'group'}, made('summary', {}, group, made('span', {className: 'count'})), ...rows));
    }
    this.#laySets();
    this.#refresh();
  }

  /** @param {Settings} values */
  set(values) {
    this.values = {...values};
    this.#refresh();
    this.onChange();
  }

  /** @param {Settings|null} settings those of a shot are shown, or with null the film's */
  showShot(settings) {
    this.shot = settings;
    this.#refresh();
  }

  #resetAll() {
    if (!this.shot) return this.set({});
    for (const name of Object.keys(this.shot)) this.onChangeShot(name, undefined);
    this.#refresh();
  }

  #laySets() {
    by('sets').replaceChildren(...SETS.map(set => {
      const button = made('button', {type: 'button', className: 'chip', textContent: set.name, title: set.help});
      button.onclick = () => this.set(set.settings);
      return button;
    }));
  }

  #refresh() {
    for (const refresh of this.refreshers.values()) refresh();
    for (const [number, button] of [...by('sets').children].entries())
      button.setAttribute('aria-pressed', String(areSame(SETS[number].settings, this.values)));
    by('reset').disabled = Object.keys(this.shot ?? this.values).length === 0;
    by('sets').hidden = this.shot !== null;
    for (const details of by('options').querySelectorAll('details')) {
      const changed = details.querySelectorAll('.row.changed').length;
      details.querySelector('.count').textContent = changed ? `${changed} changed` : '';
      details.hidden = details.querySelectorAll('.row:not([hidden])').length === 0;
    }
  }

  /**
   * @param {Option} option
   * @param {any} value undefined: as usual
   */
  #change(option, value) {
    if (this.shot) {
      const ofFilm = this.values[option.name] ?? option.default;
      this.onChangeShot(option.name, value === ofFilm ? undefined : value);
      return this.#refresh();
    }
    if (value === undefined || value === option.default) delete this.values[option.name];
    else this.values[option.name] = value;
    this.#refresh();
    this.onChange();
  }

  /** @param {Option} option */
  #row(option) {
    const id = 'option-' + option.name;
    const undo = made('button', {type: 'button', className: 'undo', title: 'As usual', 'aria-label': plainName(option.name) + ' as usual',
                                 textContent: '↺'});
    undo.onclick = () => this.#change(option, undefined);
    const control = this.#control(option, id);
    const row = made('div', {className: 'row'},
                     made('div', {className: 'label'}, made('label', {for: id, textContent: plainName(option.name)}), undo,
                          made('code', {textContent: '--' + option.name})),
                     control.element, made('p', {className: 'hint', id: id + '-hint', textContent: this.#hint(option)}));
    this.refreshers.set(option.name, () => {
      const isChanged = option.name in (this.shot ?? this.values);
      row.classList.toggle('changed', isChanged);
      row.hidden = this.shot !== null && !option.may_vary;
      undo.hidden = !isChanged;
      control.show((this.shot ?? {})[option.name] ?? this.values[option.name]);
    });
    return row;
  }

  /** @param {Option} option */
  #hint(option) {
    const isShown = option.type === 'flag' || option.type === 'word' && option.default !== null || isNumber(option);
    return option.help + (option.usual && !isShown ? ` [${option.usual}]` : '');
  }

  /**
   * @param {Option} option
   * @param {string} id
   * @returns {{element: HTMLElement, show: (value: any) => void}}
   */
  #control(option, id) {
    if (option.type === 'flag') return this.#flag(option, id);
    if (option.type === 'word') return this.#words(option, id, option.words);
    if (option.name === 'clean') return this.#clean(option, id);
    const range = option.range;
    const hasSlider = isNumber(option) && range !== null && range.lowest !== null && range.highest !== null && range.highest <= 100;
    return hasSlider ? this.#slider(option, id) : this.#field(option, id);
  }

  /** @param {Option} option @param {string} id */
  #flag(option, id) {
    const box = made('input', {type: 'checkbox', id, 'aria-describedby': id + '-hint'});
    box.onchange = () => this.#change(option, box.checked || undefined);
    return {element: made('div', {className: 'control'}, box), show: (/** @type {any} */ value) => { box.checked = value === true; }};
  }

  /** @param {Option} option @param {string} id @param {string[]} words */
  #words(option, id, words) {
    const select = made('select', {id, 'aria-describedby': id + '-hint'});
    if (option.default === null) select.append(made('option', {value: '', textContent: 'as usual'}));
    select.append(...words.map(word => made('option', {value: word, textContent: word + (word === option.default ? ' (usual)' : '')})));
    select.onchange = () => this.#change(option, select.value || undefined);
    return {element: made('div', {className: 'control'}, select),
            show: (/** @type {any} */ value) => { select.value = value ?? option.default ?? ''; }};
  }

  /**
   * As usual, off, automatic, or so many per cent.
   * @param {Option} option
   * @param {string} id
   */
  #clean(option, id) {
    const select = made('select', {id, 'aria-describedby': id + '-hint'});
    for (const [value, text] of [['', 'as usual'], ['off', 'off'], ['auto', 'as much as there is'], ['percent', 'by hand']])
      select.append(made('option', {value, textContent: text}));
    const range = made('input', {type: 'range', min: '1', max: '100', 'aria-label': 'Clean the picture, per cent'});
    const number = made('output', {});
    select.onchange = () => this.#change(option, select.value === 'percent' ? range.value : select.value || undefined);
    range.oninput = () => { number.textContent = range.value; };
    range.onchange = () => this.#change(option, range.value);
    const show = (/** @type {any} */ value) => {
      const isPercent = value !== undefined && !isNaN(Number(value));
      select.value = isPercent ? 'percent' : value ?? '';
      range.value = isPercent ? value : '50';
      number.textContent = isPercent ? value : '';
      range.hidden = number.hidden = !isPercent;
    };
    return {element: made('div', {className: 'control'}, select, range, number), show};
  }

  /** @param {Option} option @param {string} id */
  #slider(option, id) {
    const range = /** @type {{lowest: number, highest: number, includes_lowest: boolean}} */ (option.range);
    const step = option.type === 'integer' || range.highest >= 50 ? 1 : range.highest >= 4 ? 0.1 : 0.01;
    const lowest = range.includes_lowest ? range.lowest : range.lowest + step;
    const slider = made('input', {type: 'range', min: String(lowest), max: String(range.highest), step: String(step),
                                  'aria-label': plainName(option.name)});
    const number = made('input', {type: 'number', id, min: String(lowest), max: String(range.highest), step: String(step),
                                  'aria-describedby': id + '-hint'});
    slider.oninput = () => { number.value = slider.value; };
    slider.onchange = () => this.#change(option, Number(slider.value));
    number.onchange = () => this.#change(option, number.value === '' ? undefined : Number(number.value));
    const show = (/** @type {any} */ value) => {
      const shown = value ?? option.default;
      slider.value = String(shown ?? lowest);
      number.value = shown === null ? '' : String(shown);
    };
    return {element: made('div', {className: 'control'}, slider, number), show};
  }

  /** @param {Option} option @param {string} id */
  #field(option, id) {
    const field = made('input', {type: 'text', id, placeholder: option.usual || option.value, spellcheck: false, autocomplete: 'off',
                                 'aria-describedby': id + '-hint'});
    if (option.type === 'model') field.setAttribute('list', 'models-known');
    field.onchange = () => {
      const text = field.value.trim();
      const value = isNumber(option) && text !== '' && !isNaN(Number(text)) ? Number(text) : text;
      this.#change(option, text === '' ? undefined : value);
    };
    const children = [field];
    if (option.name === 'model')
      children.push(made('datalist', {id: 'models-known'}, ...this.models.map(name => made('option', {value: name}))));
    return {element: made('div', {className: 'control'}, ...children),
            show: (/** @type {any} */ value) => { field.value = value === undefined ? '' : String(value); }};
  }
}
