import { useState } from 'react'
import { Link } from 'wouter'
import { LiveChip } from '../ui/live-chip.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useToast } from '../ui/toast.tsx'
import { showable } from '../api/api-error.ts'
import { usePick, useWords } from '../words/language.tsx'
import { usePreferences } from './preferences.tsx'
import { RelayMark } from './relay-mark.tsx'
import { useSession } from './session.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import './top-bar.css'

/** The bar over every page: home, state of the connection, large type, language, settings, who is signed in. */
export const TopBar = () => {
  const words = useWords()
  const { preferences, prefer } = usePreferences()
  const { actor, isLost } = useSession()
  const [settingsOpen, setSettingsOpen] = useState(false)
  const isCare = preferences.size !== 'standard'
  const { settings } = words
  return (
    <div className="top-bar">
      <Link to="/" className="brand">
        <RelayMark />
        <span>{words.name}</span>
      </Link>
      <span className="brand-slogan">{words.slogan}</span>
      <div className="top-bar-acts">
        {actor !== null && !isLost && <LiveChip />}
        <button
          type="button"
          className="bar-button"
          aria-pressed={isCare}
          onClick={() => prefer({ size: isCare ? 'standard' : 'large' })}
        >
          {settings.care}
        </button>
        <button
          type="button"
          className="bar-button bar-language"
          lang={preferences.language === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => prefer({ language: preferences.language === 'zh' ? 'en' : 'zh' })}
        >
          {settings.switchLanguage}
        </button>
        <IconButton label={settings.open} icon="settings" onClick={() => setSettingsOpen(true)} />
        {actor !== null && !isLost && <AccountButton />}
      </div>
      <SettingsDialog open={settingsOpen} onClose={() => setSettingsOpen(false)} />
    </div>
  )
}

const AccountButton = () => {
  const words = useWords()
  const pick = usePick()
  const toast = useToast()
  const { actor, signOut } = useSession()
  const [open, setOpen] = useState(false)
  if (actor === null) return null
  const leave = async (everywhere: boolean) => {
    try {
      await signOut(everywhere)
    } catch (thrown) {
      toast({ text: pick(showable(thrown).body), tone: 'danger' })
    }
  }
  const name = pick(actor.name)
  return (
    <>
      <IconButton label={words.signIn.me(name)} icon="person" onClick={() => setOpen(true)} />
      <Dialog title={name} open={open} onClose={() => setOpen(false)}>
        <p>
          {words.roles[actor.role]}
          {actor.institution !== null && ` · ${pick(actor.institution.name)}`}
        </p>
        <Button wide onClick={() => void leave(false)}>
          {words.signIn.out}
        </Button>
        <Button wide tone="quiet" onClick={() => void leave(true)}>
          {words.signIn.outEverywhere}
        </Button>
      </Dialog>
    </>
  )
}
