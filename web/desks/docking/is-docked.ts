/** Whether the province is told anything here: books were compared, something is to be told, or something is stuck from before. */
export const isDocked = (books: { days: readonly unknown[]; waiting: number } | undefined, stuck: number): boolean =>
  stuck > 0 || (books !== undefined && (books.days.length > 0 || books.waiting > 0))
