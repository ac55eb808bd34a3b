// Source: HTML 4.01, section 24 (w3.org; grade A): 252 names. Those from 160 to 255 stand in their order.
const LATIN = `nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr
  deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest
  Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml
  ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig
  agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml
  eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml`
const UPPER_GREEK = 'Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho'
const UPPER_GREEK_ON = 'Sigma Tau Upsilon Phi Chi Psi Omega'
const LOWER_GREEK = `alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho
  sigmaf sigma tau upsilon phi chi psi omega`
const OTHERS = `quot 34 amp 38 lt 60 gt 62 OElig 338 oelig 339 Scaron 352 scaron 353 Yuml 376 fnof 402 circ 710 tilde 732
  thetasym 977 upsih 978 piv 982 ensp 8194 emsp 8195 thinsp 8201 zwnj 8204 zwj 8205 lrm 8206 rlm 8207 ndash 8211 mdash 8212
  lsquo 8216 rsquo 8217 sbquo 8218 ldquo 8220 rdquo 8221 bdquo 8222 dagger 8224 Dagger 8225 bull 8226 hellip 8230 permil 8240
  prime 8242 Prime 8243 lsaquo 8249 rsaquo 8250 oline 8254 frasl 8260 euro 8364 image 8465 weierp 8472 real 8476 trade 8482
  alefsym 8501 larr 8592 uarr 8593 rarr 8594 darr 8595 harr 8596 crarr 8629 lArr 8656 uArr 8657 rArr 8658 dArr 8659 hArr 8660
  forall 8704 part 8706 exist 8707 empty 8709 nabla 8711 isin 8712 notin 8713 ni 8715 prod 8719 sum 8721 minus 8722 lowast 8727
  radic 8730 prop 8733 infin 8734 ang 8736 and 8743 or 8744 cap 8745 cup 8746 int 8747 there4 8756 sim 8764 cong 8773 asymp 8776
  ne 8800 equiv 8801 le 8804 ge 8805 sub 8834 sup 8835 nsub 8836 sube 8838 supe 8839 oplus 8853 otimes 8855 perp 8869 sdot 8901
  lceil 8968 rceil 8969 lfloor 8970 rfloor 8971 lang 9001 rang 9002 loz 9674 spades 9824 clubs 9827 hearts 9829 diams 9830`

const from = (first: number, names: string): [string, number][] => names.split(/\s+/).map((name, at) => [name, first + at])
const pairs = (text: string): [string, number][] =>
  [...text.matchAll(/(\w+) (\d+)/g)].map(([, name, code]) => [name as string, Number(code)])

const NAMED: ReadonlyMap<string, number> = new Map([
  ...from(160, LATIN),
  ...from(913, UPPER_GREEK),
  ...from(931, UPPER_GREEK_ON),
  ...from(945, LOWER_GREEK),
  ...pairs(OTHERS),
])
const OF_XML: ReadonlySet<string> = new Set(['quot', 'amp', 'lt', 'gt', 'apos'])

/** Names of characters that HTML 4 knows: 252. */
export const ENTITY_NAMES: readonly string[] = [...NAMED.keys()]

const isXmlCharacter = (code: number): boolean =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 32 && code < 0xd800) ||
  (code > 0xdfff && code < 0xfffe) ||
  (code >= 0x10000 && code <= 0x10ffff)

const AMPERSAND = /&(?:#x([0-9a-fA-F]{1,6});|#(\d{1,7});|([A-Za-z][A-Za-z0-9]*);)?/g

/** Whether each ampersand of a narrative begins a character that XHTML has: by name, or by a number that XML allows. */
export const hasSoundEntities = (text: string): boolean => {
  if (!text.includes('&')) return true
  for (const [, hex, decimal, name] of text.matchAll(AMPERSAND)) {
    if (
      name !== undefined
        ? !NAMED.has(name) && !OF_XML.has(name)
        : !isXmlCharacter(hex ? Number.parseInt(hex, 16) : Number(decimal))
    )
      return false
  }
  return true
}

/** A narrative as XML may hold it: XML itself knows five names only, all others become numbers. */
export const withoutNames = (text: string): string =>
  text.replace(/&([A-Za-z][A-Za-z0-9]*);/g, (whole, name: string) =>
    OF_XML.has(name) || !NAMED.has(name) ? whole : `&#${NAMED.get(name)};`,
  )
