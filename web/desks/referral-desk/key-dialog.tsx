import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { firstKeys, keyedActs, keysWith, type KeyedAct, type KeyFault } from './desk-keys.ts'
import { useDeskKeys } from './desk-keys-context.tsx'
import { useDeskWords } from './words.ts'

/** Changes the desk's single keys; a key that another act has is refused beside its field, and nothing is lost by it. */
export const KeyDialog = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const { keysDialog: words } = useDeskWords()
  const { keys, keep } = useDeskKeys()
  const [wrong, setWrong] = useState<{ act: KeyedAct; typed: string; fault: KeyFault } | null>(null)
  const type = (act: KeyedAct, text: string) => {
    const typed = text.slice(-1)
    if (typed === '') return
    const next = keysWith(keys, act, typed)
    if ('keys' in next) keep(next.keys)
    setWrong('fault' in next ? { act, typed, fault: next.fault } : null)
  }
  const faultOf = (act: KeyedAct): string | undefined => {
    if (wrong?.act !== act) return undefined
    return wrong.fault.kind === 'taken' ? words.taken(words.acts[wrong.fault.by]) : words.notAKey
  }
  return (
    <Dialog
      title={words.title}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button
            onClick={() => {
              keep(firstKeys)
              setWrong(null)
            }}
          >
            {words.first}
          </Button>
          <Button tone="primary" onClick={onClose}>
            {words.done}
          </Button>
        </>
      }
    >
      <p className="soft small">{words.lead}</p>
      <div className="key-fields">
        {keyedActs.map((act) => (
          <TextField
            key={act}
            label={words.acts[act]}
            error={faultOf(act)}
            className="key-field"
            autoCapitalize="off"
            value={(wrong?.act === act ? wrong.typed : keys[act]).toUpperCase()}
            onFocus={(event) => event.target.select()}
            onChange={(text) => type(act, text)}
          />
        ))}
      </div>
    </Dialog>
  )
}
