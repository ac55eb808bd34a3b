const START = 0x0b
const END = 0x1c
const RETURN = 0x0d

/** What came out of a stream of bytes. `cut`: the next message began before this one had ended. `loose`: bytes outside any frame. */
export type Frame = { readonly bytes: Buffer; readonly state: 'whole' | 'cut' | 'loose' | 'too-long' }

/** Takes bytes as they come and gives frames as they end; what has come so far and not ended is given by `rest`. */
export type Frames = {
  readonly push: (chunk: Buffer) => Frame[]
  readonly rest: () => Frame | null
  readonly isWaiting: () => boolean
}

type State = { inside: boolean; parts: Buffer[]; bytes: number; isOver: boolean }

/**
 * Reads MLLP: a message begins with 0x0B and ends with 0x1C, of which some senders leave out the 0x0D behind it. One packet may
 * hold several messages, one message may come in many. A message longer than `bytesMost` is given up to its first
 * bytes, so that it can be kept and shown, and the rest is read over.
 */
export const readFrames = (bytesMost: number): Frames => {
  const state: State = { inside: false, parts: [], bytes: 0, isOver: false }
  const take = (kind: Frame['state']): Frame => {
    const frame: Frame = { bytes: Buffer.concat(state.parts), state: state.isOver ? 'too-long' : kind }
    Object.assign(state, { parts: [], bytes: 0, isOver: false })
    return frame
  }
  const add = (piece: Buffer): void => {
    const room = bytesMost - state.bytes
    if (piece.length > room) state.isOver = true
    const kept = piece.subarray(0, Math.max(0, room))
    if (kept.length > 0) state.parts.push(kept)
    state.bytes += kept.length
  }
  const push = (chunk: Buffer): Frame[] => {
    const done: Frame[] = []
    let at = 0
    while (at < chunk.length) {
      const next = nextSign(chunk, at)
      add(chunk.subarray(at, next))
      if (next === chunk.length) break
      if (chunk[next] === START) {
        if (isWorth(state)) done.push(take(state.inside ? 'cut' : 'loose'))
        Object.assign(state, { inside: true, parts: [], bytes: 0, isOver: false })
      } else if (state.inside || isWorth(state)) {
        done.push(take(state.inside ? 'whole' : 'loose'))
        state.inside = false
      }
      at = next + 1
    }
    return done
  }
  return {
    push,
    rest: () => {
      const was = state.inside
      state.inside = false
      return isWorth(state) ? take(was ? 'cut' : 'loose') : (state.parts.splice(0), (state.bytes = 0), null)
    },
    isWaiting: () => state.inside || isWorth(state),
  }
}

const nextSign = (chunk: Buffer, from: number): number => {
  const [start, end] = [chunk.indexOf(START, from), chunk.indexOf(END, from)].map((at) => (at < 0 ? chunk.length : at))
  return Math.min(start as number, end as number)
}

/** Whether there is anything but the line ends that senders leave between messages. */
const isWorth = ({ parts }: State): boolean =>
  parts.some((part) => part.some((byte) => byte !== RETURN && byte !== 0x0a && byte !== 0x20 && byte !== 0))

/** A message in its frame, as it goes over the wire. */
export const framed = (body: Buffer): Buffer => Buffer.concat([Buffer.from([START]), body, Buffer.from([END, RETURN])])
