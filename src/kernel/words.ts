/** A text in both languages; a name in data may lack the English one. */
export type Words = { readonly zh: string; readonly en: string }
export type Name = { readonly zh: string; readonly en?: string | null }
