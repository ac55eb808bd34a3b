import { useState, type FormEvent } from 'react'
import { setCode, type Vault } from '../../api/vault.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { faultOfCode } from './code-strength.ts'
import { offlineWords } from './words.ts'

/** Sets, changes or removes the code that opens this device without a network. */
export const DeviceCode = ({ vault }: { vault: Vault }) => {
  const { device: words } = useWordsOf(offlineWords)
  const toast = useToast()
  const [isSet, setIsSet] = useState(vault.hasCode)
  const [open, setOpen] = useState(false)
  const remove = async () => {
    await setCode(vault.account, null)
    setIsSet(false)
    toast({ text: words.codeRemoved })
  }
  return (
    <Card title={words.code}>
      <div className="stack">
        <p>{isSet ? words.codeSet : words.codeNone}</p>
        {open ? (
          <CodeForm vault={vault} onSet={() => (setIsSet(true), setOpen(false))} />
        ) : (
          <div className="along">
            <Button tone={isSet ? 'plain' : 'primary'} icon="lock" onClick={() => setOpen(true)}>
              {isSet ? words.codeChange : words.codeGo}
            </Button>
            {isSet && <Button onClick={() => void remove()}>{words.codeRemove}</Button>}
          </div>
        )}
      </div>
    </Card>
  )
}

const CodeForm = ({ vault, onSet }: { vault: Vault; onSet: () => void }) => {
  const { device: words } = useWordsOf(offlineWords)
  const toast = useToast()
  const { pinDigits } = vault.terms
  const [code, changeCode] = useState('')
  const [again, changeAgain] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const fault = tried ? faultOfCode(code, again, pinDigits) : null
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (busy || faultOfCode(code, again, pinDigits) !== null) return
    setBusy(true)
    const isSet = await setCode(vault.account, code)
    setBusy(false)
    toast(isSet ? { text: words.codeDone } : { text: words.codeOnline, tone: 'danger' })
    if (isSet) onSet()
  }
  const secret = { type: 'password', inputMode: 'numeric', autoComplete: 'new-password', required: true } as const
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        {...secret}
        label={words.codeNew}
        hint={words.codeHint(pinDigits)}
        error={fault === 'short' ? words.codeShort(pinDigits) : fault === 'simple' ? words.codeSimple : undefined}
        value={code}
        onChange={changeCode}
      />
      <TextField
        {...secret}
        label={words.codeAgain}
        error={fault === 'differs' ? words.codeDiffers : undefined}
        value={again}
        onChange={changeAgain}
      />
      <Button tone="primary" wide submit busy={busy} icon="lock">
        {words.codeGo}
      </Button>
    </form>
  )
}
