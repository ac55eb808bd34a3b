import { useState } from 'react'
import { useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { InstitutionChoice, type Chosen } from '../../record-access/found-choice.tsx'
import { hundredthsOf } from '../../typed-hundredths.ts'
import { useHeadsWords } from './words.ts'

const DIGITS = { price: 7, share: 3 } as const
// One whole in basis points. @source src/kernel/share.ts
const SHARE_MOST = 10_000
const GROUP = [2, 40] as const
const BASIS = [4, 300] as const

/** The way to propose a contract by the head of a year. */
export const ProposeHeads = ({ year }: { year: number }) => {
  const words = useHeadsWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button small icon="plus" onClick={() => setOpen(true)}>
        {words.propose}
      </Button>
      {isOpen && <ProposeDialog year={year} onClose={() => setOpen(false)} />}
    </>
  )
}

const shareOf = (text: string): number | null => {
  const share = hundredthsOf(text, DIGITS.share)
  return share !== null && share <= SHARE_MOST ? share : null
}

const ProposeDialog = ({ year, onClose }: { year: number; onClose: () => void }) => {
  const words = useHeadsWords()
  const toast = useToast()
  const propose = useCommand('fund.propose-heads')
  const [place, setPlace] = useState<Chosen | null>(null)
  const [typed, setTyped] = useState({ group: '', price: '', kept: '', borne: '', basis: '' })
  const [tried, setTried] = useState(false)
  const change = (name: keyof typeof typed) => (text: string) => setTyped((was) => ({ ...was, [name]: text }))
  const [group, basis] = [typed.group.trim(), typed.basis.trim()]
  const price = hundredthsOf(typed.price, DIGITS.price) || null
  const [kept, borne] = [shareOf(typed.kept), shareOf(typed.borne)]
  const submit = () => {
    setTried(true)
    if (place === null || group.length < GROUP[0] || price === null || kept === null || borne === null || basis.length < BASIS[0])
      return
    propose.mutate(
      { org: place.id, year, zh: group, priceFen: price, surplusKept: kept, overrunBorne: borne, basis },
      {
        onSuccess: () => {
          toast({ text: words.proposed })
          onClose()
        },
      },
    )
  }
  const error = (isWrong: boolean, text: string) => (tried && isWrong ? text : undefined)
  return (
    <FormDialog
      title={`${words.propose} · ${year}`}
      cancel={words.cancel}
      act={words.propose}
      busy={propose.isPending}
      onAct={submit}
      onClose={onClose}
    >
      <div className="stack">
        <p>{words.proposeWhy}</p>
        <InstitutionChoice
          label={words.institution}
          hint={words.institutionHint}
          error={error(place === null, words.institutionMissing)}
          value={place}
          onPick={setPlace}
        />
        <TextField
          label={words.group}
          required
          maxLength={GROUP[1]}
          error={error(group.length < GROUP[0], words.groupMissing)}
          value={typed.group}
          onChange={change('group')}
        />
        <div className="fund-choices">
          <TextField
            label={words.priceLabel}
            required
            inputMode="decimal"
            maxLength={12}
            error={error(price === null, words.moneyWrong)}
            value={typed.price}
            onChange={change('price')}
          />
          <TextField
            label={words.keptLabel}
            required
            inputMode="decimal"
            maxLength={6}
            error={error(kept === null, words.shareWrong)}
            value={typed.kept}
            onChange={change('kept')}
          />
          <TextField
            label={words.borneLabel}
            required
            inputMode="decimal"
            maxLength={6}
            error={error(borne === null, words.shareWrong)}
            value={typed.borne}
            onChange={change('borne')}
          />
        </div>
        <TextField
          label={words.basisLabel}
          required
          maxLength={BASIS[1]}
          error={error(basis.length < BASIS[0], words.basisMissing)}
          value={typed.basis}
          onChange={change('basis')}
        />
        {propose.error !== null && <ErrorNote error={propose.error} />}
      </div>
    </FormDialog>
  )
}
