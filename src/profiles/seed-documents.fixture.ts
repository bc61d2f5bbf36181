/**
 * Reads tasks straight out of the text of the public documents, with none of the product's code, so that the profiles can be
 * held against them. Only tests use it; the documents themselves are not part of the project.
 */
export interface DocumentTask {
  readonly number: string
  readonly text: string
  readonly lead: readonly string[]
  readonly joint: readonly string[]
  /** last cell of the row, where the table has one */
  readonly deadline: string | null
}

const squeeze = (text: string) => text.replace(/[\s\u00a0\f]+/g, '')
const names = (text: string) => squeeze(text).split(/[、，,]/).filter((each) => each !== '')

/** Body tasks 1–13 of Lianyungang: `1．题目。正文（牵头单位：…；共同责任单位：…）`. */
export function lianyungangBody(document: string): DocumentTask[] {
  const found = squeeze(document).matchAll(/(\d{1,2})．([^。]+。.*?)（牵头单位：(.*?)；共同责任单位：(.*?)）/g)
  return [...found].map(([, number, text, lead, joint]) => ({ number: number!, text: text!, lead: names(lead!), joint: names(joint!), deadline: null }))
}

/**
 * The annex in its tab-separated re-extraction. Unit cells are found by their beginning 市/省/各; row (8) lost its joint units there
 * and comes out without them, as the damaged copy has it.
 */
export function lianyungangAnnex(table: string): DocumentTask[] {
  return table.split('\n').flatMap((line) => {
    const cells = line.split('\t').map((each) => each.trim())
    const at = cells.findIndex((each) => /^\(\d+\)/.test(each))
    if (at < 0) return []
    const units = cells.slice(at + 1).filter((each) => /^[市省各]/.test(each))
    const split = cells[at]!.split(/(?=\(\d+\) )/)
    return split.map((part) => {
      const [, number, text] = /^\((\d+)\) ?([\s\S]*)$/.exec(part.trim())!
      return { number: number!, text: squeeze(text!), lead: names(units[0] ?? ''), joint: names(units[1] ?? ''), deadline: null }
    })
  })
}

/** Panjin: numbered paragraphs followed by 牵头 and 配合 lines, below headings （一）…（六）. */
export function panjinTasks(document: string): DocumentTask[] {
  const part = document.slice(document.indexOf('三、主要任务'), document.indexOf('四、保障措施'))
  let heading = ''
  let current: { number: string; text: string } | undefined
  const tasks: DocumentTask[] = []
  let lead: string[] = []
  for (const line of part.split('\n').map((each) => each.trim())) {
    const [, group] = /^（([一二三四五六])）/.exec(line) ?? []
    const [, number, text] = /^(\d)\.(.+)$/.exec(line) ?? []
    const [, role, units] = /^(牵头|配合)(?:部门|单位)：(.*)$/.exec(line) ?? []
    if (group) heading = group
    else if (number) current = { number: `（${heading}）${number}`, text: squeeze(text!) }
    else if (role === '牵头') lead = names(units!)
    else if (role === '配合' && current) tasks.push({ ...current, lead, joint: names(units!), deadline: null })
  }
  return tasks
}

/** Linzi: paragraphs ending in （牵头单位：…责任单位：…） or （…按职责分工负责）. */
export function linziTasks(document: string): DocumentTask[] {
  const text = squeeze(document)
  const part = text.slice(text.indexOf('二、重点任务'), text.indexOf('三、保障措施'))
  let end = 0
  return [...part.matchAll(/（牵头单位[：；](.*?)[，；]责任单位：(.*?)）|（([^（）]*?)按职责分工负责）/g)].map((match, index) => {
    const [whole, lead, joint, equals] = match
    // What stands before the brackets; headings of unnumbered tasks stay in front of it.
    const words = part.slice(end, match.index).split(/\d．(?=\p{Script=Han})/u).at(-1)!
    end = match.index + whole.length
    return { number: String(index + 1), text: words, lead: names(lead ?? equals!), joint: joint ? names(joint.replace('各镇、街道', '各镇街道')) : [], deadline: null }
  })
}

/** Linzi's 成员单位职责: unit and full text of its duties, in order. */
export function linziDuties(document: string): { number: string; unit: string; text: string }[] {
  const text = squeeze(document)
  const part = text.slice(text.indexOf('（三）成员单位职责'), text.indexOf('三、工作机制'))
  return [...part.matchAll(/(\d{1,2})．([^：。；]{3,12})：(.*?。)(?=\d{1,2}．[^：。；]{3,12}：|$)/g)].map(([, number, unit, duties]) => ({ number: number!, unit: unit!, text: duties! }))
}

/** Luoyang's 29 rows: cells one a line, counted from the end because the first columns are merged. */
export function luoyangRows(document: string): DocumentTask[] {
  const body = document.slice(document.indexOf('完成时限'))
  return body.split(/\n\n\t(?=\d{1,2}\n)/).slice(1).map((row) => {
    const cells = row.split('\n\t').map(squeeze)
    const [text, lead, joint, deadline] = cells.slice(-4) as [string, string, string, string]
    return { number: cells[0]!, text, lead: names(lead), joint: names(joint), deadline }
  })
}
