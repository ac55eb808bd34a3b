import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { ApiError } from '../api/api-error.ts'

const ProveDialog = lazy(() => import('./second-factor-prove-dialog.tsx').then((module) => ({ default: module.ProveDialog })))

const REFUSAL = 'security.prove-again'

/** Asks for a proof of identity whenever the server wants one before an act; the page behind stays as it is. */
export const ProveAgain = () => {
  const memory = useQueryClient()
  const [asked, setAsked] = useState(false)
  useEffect(
    () =>
      memory.getMutationCache().subscribe(({ type, mutation }) => {
        const error: unknown = type === 'updated' ? mutation.state.error : null
        if (error instanceof ApiError && error.body.code === REFUSAL) setAsked(true)
      }),
    [memory],
  )
  if (!asked) return null
  return (
    <Suspense fallback={null}>
      <ProveDialog onClose={() => setAsked(false)} />
    </Suspense>
  )
}
