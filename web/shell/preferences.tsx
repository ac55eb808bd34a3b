import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { LanguageProvider, type Language } from '../words/language.tsx'

export const textSizes = ['standard', 'large', 'largest'] as const
export type TextSize = (typeof textSizes)[number]
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** How this person wants to see the pages; kept on the device. */
export type Preferences = { language: Language; size: TextSize; theme: Theme }

const keptUnder = 'jieli-preferences'
const firstPreferences: Preferences = { language: 'zh', size: 'standard', theme: 'system' }

const among = <V extends string>(allowed: readonly V[], value: unknown, otherwise: V): V =>
  allowed.find((one) => one === value) ?? otherwise

/** Reads kept preferences; anything unknown falls back to Chinese, standard size and the device's theme. */
export const readPreferences = (text: string | null): Preferences => {
  let kept: Partial<Record<keyof Preferences, unknown>> = {}
  try {
    kept = (JSON.parse(text ?? '{}') as typeof kept | null) ?? {}
  } catch {
    // A half-written value is as good as none.
  }
  return {
    language: among(['zh', 'en'], kept.language, firstPreferences.language),
    size: among(textSizes, kept.size, firstPreferences.size),
    theme: among(themes, kept.theme, firstPreferences.theme),
  }
}

const darkWanted = matchMedia('(prefers-color-scheme: dark)')

/** Puts the preferences on the root element, where the tokens read them. Called before the first drawing too. */
const applyPreferences = ({ language, size, theme }: Preferences): void => {
  const root = document.documentElement
  root.lang = language === 'zh' ? 'zh-CN' : 'en'
  root.dataset['size'] = size
  root.dataset['theme'] = theme === 'dark' || (theme === 'system' && darkWanted.matches) ? 'dark' : 'light'
}

type PreferencesInUse = { preferences: Preferences; prefer: (change: Partial<Preferences>) => void }

const PreferencesContext = createContext<PreferencesInUse>({ preferences: firstPreferences, prefer: () => undefined })

/** Keeps and applies the preferences, and gives the language to the pages below. */
export const PreferencesProvider = ({ children }: { children: ReactNode }) => {
  const [preferences, setPreferences] = useState(() => readPreferences(localStorage.getItem(keptUnder)))
  useEffect(() => {
    const apply = () => applyPreferences(preferences)
    apply()
    darkWanted.addEventListener('change', apply)
    return () => darkWanted.removeEventListener('change', apply)
  }, [preferences])
  const inUse = useMemo<PreferencesInUse>(
    () => ({
      preferences,
      prefer: (change) => {
        const next = { ...preferences, ...change }
        localStorage.setItem(keptUnder, JSON.stringify(next))
        setPreferences(next)
      },
    }),
    [preferences],
  )
  return (
    <PreferencesContext value={inUse}>
      <LanguageProvider language={preferences.language}>{children}</LanguageProvider>
    </PreferencesContext>
  )
}

/** The preferences and the way to change some of them. */
export const usePreferences = (): PreferencesInUse => useContext(PreferencesContext)

/** Applies what is kept before React starts, so that nothing flashes in the wrong theme or size. */
export const applyKeptPreferences = (): void => applyPreferences(readPreferences(localStorage.getItem(keptUnder)))
