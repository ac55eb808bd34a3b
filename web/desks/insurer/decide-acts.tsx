import type { ApiError } from '../../api/api-error.ts'
import { ReasonedAct } from '../cashier/reason-dialog.tsx'

type Act = { readonly act: string; readonly title: string; readonly why: string }

/** What a second person decides with a reason: yes or no. Who proposed it reads that it is another’s to decide, and may only take it back. */
export const DecideActs = ({
  isOwn,
  words,
  yes,
  no,
  running,
  onDecide,
}: {
  isOwn: boolean
  words: { readonly own: string; readonly reason: string; readonly missing: string }
  yes: Act
  no: Act
  running: { readonly isPending: boolean; readonly error: ApiError | null }
  onDecide: (isYes: boolean, why: string, close: () => void) => void
}) => {
  const asked = { label: words.reason, missing: words.missing }
  return (
    <div className="stack tight">
      {isOwn && <p className="soft small">{words.own}</p>}
      <div className="along">
        {!isOwn && (
          <ReasonedAct words={{ ...yes, ...asked }} running={running} onDone={(why, close) => onDecide(true, why, close)} />
        )}
        <ReasonedAct
          words={{ ...no, ...asked }}
          tone="quiet"
          running={running}
          onDone={(why, close) => onDecide(false, why, close)}
        />
      </div>
    </div>
  )
}
