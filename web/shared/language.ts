import { useSyncExternalStore } from 'react'

/** Chinese first, English second. A dictionary is `{ key: [中文, English] }`; `{name}` is filled from the parameters. */
export type Dictionary = Readonly<Record<string, readonly [zh: string, en: string]>>
export type Language = 'zh' | 'en'

const storageKey = 'lvpei.language'
const listeners = new Set<() => void>()

const stored = (): Language => {
  try {
    return localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh'
  } catch {
    return 'zh'
  }
}
let current: Language = stored()

const apply = () => {
  document.documentElement.lang = current === 'zh' ? 'zh-CN' : 'en'
}
apply()

export function setLanguage(language: Language): void {
  current = language
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    // a browser without storage forgets the choice; nothing else is lost
  }
  apply()
  for (const listener of listeners) listener()
}

export const currentLanguage = (): Language => current

export const useLanguage = (): Language =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )

type Parameters = Readonly<Record<string, string | number>>

const fill = (text: string, parameters: Parameters | undefined) =>
  parameters ? text.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? '')) : text

/** A dictionary as a hook: `const t = useWords(); t('as-of', { date })`. An unknown key does not compile. */
export function wordsOf<Words extends Dictionary>(words: Words) {
  return () => {
    const language = useLanguage()
    return (key: keyof Words & string, parameters?: Parameters): string => fill(words[key]![language === 'zh' ? 0 : 1], parameters)
  }
}

/** The same outside React (errors made by the API client). */
export const wordNow = (pair: readonly [zh: string, en: string], parameters?: Parameters): string => fill(pair[current === 'zh' ? 0 : 1], parameters)
