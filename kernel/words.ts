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

/** Adds a floor's or a module's sentences under its name. */
export function addWords(namespace: string, words: Words, locale = 'en'): void {
  language.addResourceBundle(locale, namespace, words, true, true)
}

/** A sentence by its key, `namespace:path.to.sentence`. */
export const say = (key: string, params?: Record<string, unknown>): string => language.t(key, params ?? {})

export const hasWords = (key: string): boolean => language.exists(key)
