import { useState } from 'react'
import { showable, type ApiError } from '../../api/api-error.ts'
import { fetchQuery } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useConsentWords } from './consent-words.ts'

type Scan = { mediaType: string; base64: string }

/** The paper that was signed. It is fetched only when somebody opens it: each look at it is on record. */
export const ScanButton = ({ person, consent }: { person: string; consent: string }) => {
  const { form: words } = useConsentWords()
  const [scan, setScan] = useState<Scan | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const [busy, setBusy] = useState(false)
  const open = async () => {
    setBusy(true)
    setError(null)
    try {
      setScan(await fetchQuery('record-access.consent-scan', { person, consent }))
    } catch (thrown) {
      setError(showable(thrown))
    } finally {
      setBusy(false)
    }
  }
  const address = scan === null ? '' : `data:${scan.mediaType};base64,${scan.base64}`
  return (
    <>
      <Button small icon="record" busy={busy} onClick={() => void open()}>
        {words.seeScan}
      </Button>
      {error !== null && <ErrorNote error={error} onRetry={() => void open()} />}
      <Dialog title={words.scan} open={scan !== null} onClose={() => setScan(null)}>
        {scan?.mediaType === 'application/pdf' ? (
          <a className="button plain" href={address} download={`${words.scan}.pdf`}>
            {words.seeScan}
          </a>
        ) : (
          scan !== null && <img className="consent-scan" src={address} alt={words.scan} />
        )}
      </Dialog>
    </>
  )
}
