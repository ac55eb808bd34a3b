import { Button } from '../../ui/button.tsx'
import { usePick } from '../../words/language.tsx'
import { useLooks, useWorkOn } from './use-looks.ts'
import { useDeskWords } from './words.ts'

/** Says that a colleague works on the open case already, and lets one take it over; otherwise tells the colleagues. */
export const TakenNote = ({ id }: { id: string }) => {
  const { looks: words } = useDeskWords()
  const pick = usePick()
  const takeOver = useWorkOn(id)
  const look = useLooks().get(id)
  if (look === undefined || look.isMine) return null
  return (
    <output className="taken-note along apart">
      <span>{words.note(pick(look.by))}</span>
      <Button small onClick={takeOver}>
        {words.take}
      </Button>
    </output>
  )
}
