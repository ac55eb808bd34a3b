import { Presets, SingleBar } from 'cli-progress'

/** How far a long work is, 0…1, and what it is doing. */
export type Progress = { readonly done: number; readonly zh: string; readonly en: string }

/** Shows a long work: a bar on a terminal, elsewhere one line for every tenth. */
export const showProgress = (): { readonly onProgress: (progress: Progress) => void; readonly end: () => void } =>
  process.stdout.isTTY ? progressBar() : progressLines((line) => console.log(line))

const progressBar = () => {
  const bar = new SingleBar(
    { format: '{bar} {percentage}% {label}', clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  )
  let started = false
  return {
    onProgress: ({ done, zh, en }: Progress) => {
      if (!started) bar.start(100, 0, { label: '' })
      started = true
      bar.update(Math.floor(done * 100), { label: `${zh} · ${en}` })
    },
    end: () => {
      if (started) bar.stop()
      started = false
    },
  }
}

/** One line for every tenth that is passed, also when several are passed at once. */
export const progressLines = (print: (line: string) => void) => {
  let tenth = -1
  return {
    onProgress: ({ done, zh, en }: Progress) => {
      const now = Math.floor(Math.min(1, done) * 10)
      if (now <= tenth) return
      tenth = now
      print(`${now * 10}% ${zh} · ${en}`)
    },
    end: () => {},
  }
}
