import { LAYER_WORDS, type AreaBook } from '../../../../src/modules/settlement/what-if.ts'
import { usePick } from '../../../words/language.tsx'

/** The name of a layer: the book's own word, the national one, or its code. */
export const useLayerName = (book: Pick<AreaBook, 'layers'> | undefined): ((layer: string) => string) => {
  const pick = usePick()
  return (layer) => {
    const national = (LAYER_WORDS as Readonly<Record<string, { zh: string; en: string }>>)[layer]
    const own = book?.layers?.find(({ id }) => id === layer)
    if (own?.zh !== undefined) return pick({ zh: own.zh, ...(own.en === undefined ? {} : { en: own.en }) })
    return national === undefined ? layer : pick(national)
  }
}
