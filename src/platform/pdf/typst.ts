import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

import { fontFamily, fontFolders } from './fonts.ts'
import { printableData } from './printable.ts'

/** A document: what it looks like, written by us, and what it says, written by anybody. */
export type PdfDocument = {
  /** Typst source; it reads the data as `data`. */
  template: string
  /** JSON-like values; texts are printed letter by letter, whatever signs they hold. */
  data: unknown
}

// No fallback: another font of the host would make the same slip look different from place to place.
// No date: the same data gives the same bytes.
const PRELUDE = `
#set document(date: none)
#set text(font: "${fontFamily}", fallback: false, lang: "zh", region: "cn")
#let data = json(bytes(sys.inputs.data))
`

// Typst remembers parts of what it laid out. Parts not met in this many documents are forgotten, else memory grows for ever.
const REMEMBERED_DOCUMENTS = 10

let compiler: NodeCompiler | undefined

/** Created at the first document, because reading two fonts of 10 MB costs a start-up that most commands never need. */
const theCompiler = (): NodeCompiler =>
  (compiler ??= NodeCompiler.create({ workspace: import.meta.dirname, fontArgs: [{ fontPaths: fontFolders }] }))

/**
 * The bytes of a PDF. The data reaches Typst as one JSON input and is never part of the source, so no text can become markup.
 * Characters that the font lacks are printed as their code point (see `printableText`).
 * The engine itself keeps about 0.1 MB for every page it has drawn, whatever is evicted: a process that prints tens of
 * thousands of pages wants a restart.
 * @throws Error when the template is wrong or asks for a key that the data lacks: both are ours.
 */
export const renderPdf = ({ template, data }: PdfDocument): Uint8Array => {
  const typst = theCompiler()
  const inputs = { data: JSON.stringify(printableData(data)) }
  try {
    // `compile` and then `pdf` would keep each laid out document in memory as well; `pdf` at once keeps less.
    return typst.pdf({ mainFileContent: PRELUDE + template, inputs })
  } catch (failure) {
    // The engine puts its message into `code` and leaves `message` empty.
    const found = failure instanceof Error && 'code' in failure ? String(failure.code) : 'no reason given'
    throw new Error(`The document template failed: ${found}`, { cause: failure })
  } finally {
    typst.evictCache(REMEMBERED_DOCUMENTS)
  }
}
