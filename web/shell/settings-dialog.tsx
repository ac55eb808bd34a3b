import { lazy, Suspense } from 'react'
import { useWords } from '../words/language.tsx'
import { Button } from '../ui/button.tsx'
import { RadioCards } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textSizes, themes, usePreferences } from './preferences.tsx'
import { ProveAgain } from './second-factor-prove.tsx'
import { useSession } from './session.tsx'

const MyApps = lazy(() => import('./my-apps.tsx').then((module) => ({ default: module.MyApps })))
const SignInSafety = lazy(() => import('./second-factor-settings.tsx').then((module) => ({ default: module.SignInSafety })))

/** Size, light and language, each taking effect at once; and how one signs in, for whoever is signed in. */
export const SettingsDialog = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const words = useWords()
  const { preferences, prefer } = usePreferences()
  const { actor, isLost } = useSession()
  const { settings } = words
  return (
    <>
      <Dialog
        title={settings.title}
        open={open}
        onClose={onClose}
        actions={
          <Button tone="primary" onClick={onClose}>
            {settings.done}
          </Button>
        }
      >
        <RadioCards
          label={settings.size}
          hint={settings.sizeHint}
          choices={textSizes.map((size) => ({ value: size, label: settings.sizes[size] }))}
          value={preferences.size}
          onChange={(size) => prefer({ size })}
        />
        <RadioCards
          label={settings.theme}
          choices={themes.map((theme) => ({ value: theme, label: settings.themes[theme] }))}
          value={preferences.theme}
          onChange={(theme) => prefer({ theme })}
        />
        <RadioCards
          label={settings.language}
          choices={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
          value={preferences.language}
          onChange={(language) => prefer({ language })}
        />
        {actor !== null && !isLost && (
          <Suspense fallback={null}>
            {actor.role !== 'resident' && <MyApps />}
            <SignInSafety />
          </Suspense>
        )}
      </Dialog>
      <ProveAgain />
    </>
  )
}
