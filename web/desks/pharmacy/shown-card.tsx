import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import type { Billed } from '../cashier/open-view.tsx'
import { ScanField, useScanned } from '../health-card/scan-field.tsx'
import { pharmacyWords } from './words.ts'

/** Whose medicine it is: whoever shows the code of their card at the counter; nobody is looked up. */
export const ShownCard = ({ value, onPick }: { value: Billed | null; onPick: (person: Billed | null) => void }) => {
  const words = useWordsOf(pharmacyWords)
  const pick = usePick()
  const scan = useCommand('health-card.scan')
  const scanned = useScanned((text, done) =>
    scan.mutate(
      { text, scene: 'dispensing' },
      { onSuccess: ({ person, name }) => onPick({ id: person, name }), onSettled: done },
    ),
  )
  if (value !== null)
    return (
      <div className="along apart">
        <strong>{pick(value.name)}</strong>
        <Button small onClick={() => onPick(null)}>
          {words.change}
        </Button>
      </div>
    )
  return (
    <form className="stack tight" onSubmit={scanned.submit}>
      <ScanField words={words} scanned={scanned} error={scan.error} isPending={scan.isPending} icon="card" />
    </form>
  )
}
