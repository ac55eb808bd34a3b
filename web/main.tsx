import './older-browsers.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/ui.css'
import { App } from './app.tsx'
import { ensureChineseFont } from './shell/chinese-font.ts'
import { keepForOffline } from './shell/keep-for-offline.ts'
import { applyKeptPreferences } from './shell/preferences.tsx'

applyKeptPreferences()
// Without the font the page still works, in boxes; nobody should see an error for it.
ensureChineseFont().catch(() => undefined)

const root = document.getElementById('app')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}

// A desk that cannot be kept for offline still works online; nobody should see an error for it.
if (import.meta.env.PROD) window.addEventListener('load', () => void keepForOffline().catch(() => undefined))
