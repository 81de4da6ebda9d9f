import i18next, { type i18n } from 'i18next'
import { words as kernelWords } from './words/en.ts'

/** A tree of sentences. `{{name}}` is filled in; `_one` and `_other` are chosen by `count`. */
export interface Words {
  readonly [key: string]: string | Words
}

const language: i18n = i18next.createInstance()
void language.init({
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  resources: { en: { kernel: kernelWords } },
  // Sentences go into text nodes and JSON, never into markup: escaping here would show up on screen.
  interpolation: { escapeValue: false },
  returnNull: false,
})

/** Sentences with nothing to fill in, once found: looking one up costs as much as a small query's reply. */
const whole = new Map<string, string>()

/** Adds a floor's or a module's sentences under its name. */
export function addWords(namespace: string, words: Words, locale = 'en'): void {
  language.addResourceBundle(locale, namespace, words, true, true)
  whole.clear()
}

/** A sentence by its key, `namespace:path.to.sentence`. */
export function say(key: string, params?: Record<string, unknown>): string {
  if (params) return language.t(key, params)
  let sentence = whole.get(key)
  if (sentence === undefined) whole.set(key, (sentence = language.t(key)))
  return sentence
}

export const hasWords = (key: string): boolean => language.exists(key)
