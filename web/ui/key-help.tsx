import { useState } from 'react'
import { useWords } from '../words/language.tsx'
import { IconButton } from './button.tsx'
import { Dialog } from './dialog.tsx'
import './key-help.css'
import { useKeys } from './use-keys.ts'

/** Keys that belong together, under a heading: `[['A', '接收'], …]`. */
export type KeyGroup = { title: string; keys: readonly (readonly [key: string, does: string])[] }

/** The list of keys, opened by `?` or by its button; desks hand in their own groups. */
export const KeyHelp = ({ groups = [] }: { groups?: readonly KeyGroup[] }) => {
  const words = useWords()
  const [open, setOpen] = useState(false)
  useKeys({ '?': () => setOpen(true) })
  const always: KeyGroup = {
    title: words.keys.always,
    keys: [
      ['?', words.keys.help],
      ['/', words.keys.search],
      ['↑ ↓', words.keys.upDown],
      ['Enter', words.keys.enter],
      ['Esc', words.keys.close],
    ],
  }
  return (
    <>
      <IconButton
        label={words.keys.open}
        icon="keyboard"
        aria-keyshortcuts="?"
        className="key-help-button"
        onClick={() => setOpen(true)}
      />
      <Dialog title={words.keys.title} open={open} onClose={() => setOpen(false)}>
        {[always, ...groups].map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl className="key-list">
              {group.keys.map(([key, does]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </Dialog>
    </>
  )
}
