// The text below a record's front matter: cut into the boxes of its sections, and put together again.

const FENCE = /^[ \t>]*(`{3,}|~{3,})/;

/** Yields the lines of a text with their places; `code` says whether a line lies in a block of code. */
export function* lines(text) {
  let fence = "";
  let start = 0;
  for (const line of text.split("\n")) {
    const mark = FENCE.exec(line)?.[1] ?? "";
    const closes = fence && mark.startsWith(fence) && !line.trim().slice(mark.length);
    yield { text: line, start, code: Boolean(fence) || Boolean(mark) };
    if (!fence && mark) fence = mark;
    else if (closes) fence = "";
    start += line.length + 1;
  }
}

/** Returns the sections of a body: heading, where it starts, and what stands below it. */
export function sections(body) {
  const heads = [...lines(body)].filter(({ text, code }) => !code && /^##(?!#)/.test(text));
  return heads.map((head, index) => {
    const end = heads[index + 1]?.start ?? body.length;
    const from = Math.min(head.start + head.text.length + 1, end);
    return { heading: head.text.replace(/^##\s*/, "").replace(/\s*#*\s*$/, ""), start: head.start, end, text: body.slice(from, end).trim() };
  });
}

/** Returns the form's values of a body; throws where it has a section that the form has no box for. */
export function bodyValues(body, fields) {
  const values = {};
  const found = sections(body);
  const boxes = fields.filter(({ form }) => form === "section").map(({ heading }) => heading);
  const homeless = found.find(({ heading }, place) => !boxes.includes(heading) || found.findIndex((one) => one.heading === heading) < place);
  if (boxes.length && homeless) throw new Error(`the section “${homeless.heading}” is unknown or stands twice`);
  for (const field of fields) {
    if (field.form === "body") values[field.name] = body.trim();
    if (field.form === "section") {
      const section = found.find(({ heading }) => heading === field.heading);
      if (section) values[field.name] = section.text;
    }
  }
  return values;
}

/** Returns the body with the form's values in it; what was not changed stays as it is. */
export function bodyWith(body, values, fields) {
  const before = bodyValues(body, fields);
  const text = (field) => String(values[field.name] ?? "").replace(/\r\n?/g, "\n").trim();
  const whole = fields.find(({ form }) => form === "body");
  if (whole) return text(whole) === before[whole.name] ? body : `\n${text(whole)}\n`;
  const boxes = fields.filter(({ form }) => form === "section");
  let result = body;
  for (const box of boxes) {
    if (text(box) !== (before[box.name] ?? "")) result = withSection(result, box, text(box), boxes);
  }
  return result;
}

function withSection(body, box, text, boxes) {
  const found = sections(body);
  const own = found.find(({ heading }) => heading === box.heading);
  const written = text ? `## ${box.heading}\n\n${text}\n` : "";
  const order = boxes.map(({ heading }) => heading);
  const later = found.find(({ heading }) => order.indexOf(heading) > order.indexOf(box.heading));
  const start = own?.start ?? later?.start ?? body.length;
  const end = own?.end ?? start;
  const before = body.slice(0, start).trimEnd();
  const after = body.slice(end).trim();
  const pieces = [before, written.trimEnd(), after].filter(Boolean);
  return pieces.length ? `\n${pieces.join("\n\n")}\n` : "";
}
