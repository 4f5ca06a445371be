// A workbook of one sheet (Office Open XML): texts as texts, days and sums as numbers with a
// format, a heading that stays in view. Only the zip comes from a library (vendor/fflate).
"use strict"

const xfWorkbook = (() => {
  const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
  const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  const PACKAGE = "http://schemas.openxmlformats.org/package/2006"
  const TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
  // Places in <cellXfs> below.
  const STYLES = { text: 1, list: 1, date: 2, amount: 3, count: 4 }
  const HEADING = 5
  const PARTS = {
    "[Content_Types].xml":
      `<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>` +
      `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
    "_rels/.rels":
      `<Relationships xmlns="${PACKAGE}/relationships">` +
      `<Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/_rels/workbook.xml.rels":
      `<Relationships xmlns="${PACKAGE}/relationships">` +
      `<Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>` +
      `<Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml":
      `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>` +
      '<fonts count="2"><font><sz val="10"/><name val="宋体"/></font><font><b/><sz val="10"/><name val="宋体"/></font></fonts>' +
      '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
      '<fill><patternFill patternType="solid"><fgColor rgb="FFE9EDF0"/></patternFill></fill></fills>' +
      '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
      '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf xfId="0"/>' +
      '<xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' +
      [164, 4, 1].map(format =>
        `<xf numFmtId="${format}" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>`).join("") +
      '<xf numFmtId="49" fontId="1" fillId="2" applyNumberFormat="1" applyFont="1" applyFill="1"/></cellXfs>' +
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
  }

  // Characters that XML 1.0 cannot hold are left out.
  const written = text => text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "")
    .replace(/[&<>"]/g, char => `&#${char.charCodeAt(0)};`)

  function columnName(place) {
    const letter = String.fromCharCode(65 + place % 26)
    return place < 26 ? letter : columnName(Math.floor(place / 26) - 1) + letter
  }

  const textCell = (at, text, style) =>
    `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${written(text)}</t></is></c>`

  // Days since 1899-12-30, as spreadsheets count them.
  const serial = day => Date.parse(day) / 86400000 + 25569

  function cell(at, value, kind) {
    if (value === null) return ""
    if (kind === "text" || kind === "list") return textCell(at, value, STYLES.text)
    return `<c r="${at}" s="${STYLES[kind]}"><v>${kind === "date" ? serial(value) : value}</v></c>`
  }

  function sheet(columns, rows) {
    const last = columnName(columns.length - 1)
    const widths = columns.map((column, place) =>
      `<col min="${place + 1}" max="${place + 1}" width="${column.width}" customWidth="1"/>`)
    const heading = columns.map((column, place) => textCell(`${columnName(place)}1`, column.heading, HEADING))
    const lines = rows.map((row, line) => {
      const cells = row.map((value, place) => cell(`${columnName(place)}${line + 2}`, value, columns[place].kind))
      return `<row r="${line + 2}">${cells.join("")}</row>`
    })
    return `<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
      `<cols>${widths.join("")}</cols><sheetData><row r="1">${heading.join("")}</row>${lines.join("")}</sheetData>` +
      `<autoFilter ref="A1:${last}${rows.length + 1}"/>` +
      '<pageSetup paperSize="9" orientation="landscape"/></worksheet>'
  }

  // columns: [{heading, kind: text, list, date, count or amount, width in characters}];
  // rows: values in that order, days as 2026-03-02, null for none. Gives a Uint8Array.
  return function workbook(name, columns, rows) {
    const parts = {
      ...PARTS,
      "xl/workbook.xml":
        `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>` +
        `<sheet name="${written(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      "xl/worksheets/sheet1.xml": sheet(columns, rows),
    }
    const files = Object.entries(parts).map(([path, text]) => [path, fflate.strToU8(HEAD + text)])
    return fflate.zipSync(Object.fromEntries(files), { level: 6 })
  }
})()
