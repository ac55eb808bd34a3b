import { useState } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import { cardWords } from './card-words.ts'

/** Replacing a card, and reporting it lost. */
export const CardActs = ({ person }: { person: string }) => {
  const words = useWordsOf(cardWords)
  const toast = useToast()
  const [asks, setAsks] = useState<'replace' | 'lost' | null>(null)
  const replace = useCommand('health-card.replace')
  const end = useCommand('health-card.end')
  const close = () => setAsks(null)
  const told = (text: string) => ({
    onSuccess: () => {
      close()
      toast({ text })
    },
  })
  return (
    <Card title={words.loss}>
      <div className="act-list">
        <Button wide onClick={() => setAsks('replace')}>
          {words.replace}
        </Button>
        <Button wide tone="danger" onClick={() => setAsks('lost')}>
          {words.lost}
        </Button>
      </div>
      <CancelDialog
        words={words.replaceDialog}
        open={asks === 'replace'}
        busy={replace.isPending}
        error={replace.error}
        onCancel={(reason) => replace.mutate({ person, reason }, told(words.replaced))}
        onClose={close}
      />
      <CancelDialog
        words={words.lostDialog}
        open={asks === 'lost'}
        busy={end.isPending}
        error={end.error}
        onCancel={(reason) => end.mutate({ person, state: 'lost', reason }, told(words.lostDone))}
        onClose={close}
      />
    </Card>
  )
}
