import { Component, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { useWords } from '../words/language.tsx'

/** Keeps a fault of one part from taking the whole page along; says so and offers a reload. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }
  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true }
  }
  override render(): ReactNode {
    return this.state.hasFailed ? <Fault /> : this.props.children
  }
}

const Fault = () => {
  const words = useWords()
  return (
    <main id="content" tabIndex={-1} className="page">
      <Card>
        <div className="stack" role="alert">
          <h1>{words.fault.title}</h1>
          <p>{words.fault.what}</p>
          <div>
            <Button tone="primary" onClick={() => location.reload()}>
              {words.fault.reload}
            </Button>
          </div>
        </div>
      </Card>
    </main>
  )
}
