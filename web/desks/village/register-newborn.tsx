import { useState } from 'react'
import { useLocation } from 'wouter'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { usePapersWords } from './papers-words.ts'
import { villageWords } from './words.ts'

type Sex = 'male' | 'female' | 'unknown'
const orders = ['1', '2', '3', '4', '5', '6'] as const

/** Gives a newborn without papers a temporary identity by mother, birth order and birth date, then opens the child's page. */
export const RegisterNewborn = ({ mother, onClose }: { mother: string; onClose: () => void }) => {
  const words = usePapersWords()
  const { sexes } = useWordsOf(villageWords)
  const toast = useToast()
  const [, go] = useLocation()
  const register = useCommand('residents.register-newborn')
  const [bornOn, setBornOn] = useState('')
  const [order, setOrder] = useState<(typeof orders)[number]>('1')
  const [sex, setSex] = useState<Sex | ''>('')
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (bornOn === '' || sex === '') return
    const onSuccess = ({ person }: { person: string }) => {
      toast({ text: words.born })
      onClose()
      go(`/village/residents/${person}`)
    }
    const named = name.trim() === '' ? {} : { name: { zh: name.trim() } }
    register.mutate({ mother, bornOn, birthOrder: Number(order), sex, ...named }, { onSuccess })
  }
  return (
    <Dialog
      title={words.newbornTitle}
      open
      onClose={onClose}
      actions={
        <Button tone="primary" busy={register.isPending} onClick={submit}>
          {words.newborn}
        </Button>
      }
    >
      <div className="stack">
        <p>{words.newbornWhy}</p>
        <TextField
          type="date"
          label={words.bornOn}
          required
          error={tried && bornOn === '' ? words.bornMissing : undefined}
          value={bornOn}
          onChange={setBornOn}
        />
        <RadioCards
          label={words.sex}
          required
          value={sex}
          onChange={setSex}
          error={tried && sex === '' ? words.sexMissing : undefined}
          choices={(['female', 'male', 'unknown'] as const).map((value) => ({ value, label: sexes[value] }))}
        />
        <Select
          label={words.order}
          value={order}
          onChange={setOrder}
          choices={orders.map((value) => ({ value, label: value }))}
        />
        <TextField label={words.childName} maxLength={60} value={name} onChange={setName} />
        {register.error !== null && <ErrorNote error={register.error} />}
      </div>
    </Dialog>
  )
}
