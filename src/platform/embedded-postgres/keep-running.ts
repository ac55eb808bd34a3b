import { setTimeout as wait } from 'node:timers/promises'
import type { Note, Place } from './place.ts'
import { isRunning, serverPid } from './previous-server.ts'
import { type ServerRun, runServer } from './server-run.ts'

/** How soon a server that has ended is missed. */
const LOOK_MS = 150
/** Between two tries while the reason stays, a full disk for instance. */
const AGAIN_MS = 1_000

export type Kept = {
  /** Lets the server end; waits until a restart under way has come to its end. */
  readonly end: () => Promise<void>
}

/**
 * Watches the server and starts it again on its port whenever it has ended without having been asked, for as long as that
 * takes. Connections break and are made anew by their pools; what was committed is there, for the log is replayed first.
 */
export const keepRunning = (place: Place, run: ServerRun & { readonly port: number }, onNote: (note: Note) => void): Kept => {
  let isOver = false
  let pid = serverPid(place)
  let restart: Promise<void> | null = null
  const look = (): void => {
    if (restart || (pid !== null && isRunning(pid))) return
    restart = startAgain(place, { ...run, isOver: () => isOver }, onNote).finally(() => {
      pid = serverPid(place)
      restart = null
    })
  }
  const timer = setInterval(look, LOOK_MS)
  // The watch keeps nobody alive: a program that has nothing else to do ends.
  timer.unref()
  return {
    end: async () => {
      isOver = true
      clearInterval(timer)
      await restart
    },
  }
}

const startAgain = async (place: Place, run: ServerRun, onNote: (note: Note) => void): Promise<void> => {
  onNote(note.ended)
  const began = performance.now()
  let isTold = false
  while (!run.isOver?.()) {
    try {
      await runServer(place, run)
      return onNote(note.back((performance.now() - began) / 1_000))
    } catch (error) {
      // Said once: a full disk may stay full for hours.
      if (!isTold) onNote(note.notYet((error as Error).message.replaceAll(/\s+/g, ' ').slice(-200)))
      isTold = true
      await wait(AGAIN_MS)
    }
  }
}

const note = {
  ended: {
    zh: '内置数据库意外终止,正在重新启动。',
    en: 'The embedded database has ended unexpectedly; it is being started again.',
  },
  back: (seconds: number): Note => ({
    zh: `内置数据库已恢复,用时 ${seconds.toFixed(1)} 秒。`,
    en: `The embedded database is back after ${seconds.toFixed(1)} s.`,
  }),
  notYet: (reason: string): Note => ({
    zh: `内置数据库暂时无法启动,将不断重试;请查看数据文件夹中的 server.log 并排除原因(例如磁盘已满):${reason}`,
    en: `The embedded database cannot start yet and is tried again and again; look at server.log in the data folder and remove the reason, a full disk for instance: ${reason}`,
  }),
}
