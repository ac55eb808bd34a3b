/** A number as it is called and printed: three digits at least, `007`. */
export const ticketNumber = (number: number): string => String(number).padStart(3, '0')
