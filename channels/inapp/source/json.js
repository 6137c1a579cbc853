/* JSON and the document as they were before the page had a hand in them: `JSON.stringify` as it was
 * when this was read, past an Array.prototype.toJSON (old Prototype.js); and what the document has
 * itself (`own`), not the form or picture whose name it took: <iframe name="hidden">.
 *
 * What cannot be sent is refused here, before it is kept, with the name of the field: a thing that
 * no service can take must never wait in front of those that it can.
 */
export const { parse, stringify } = JSON;

export function own(name) {
  const one = Reflect.get(Document.prototype, name, document);
  return one?.bind ? one.bind(document) : one;
}

export function json(value) {
  return stringify(value, function (name, made) {
    const one = this[name], type = typeof one;
    if (/fun|sym|big/.test(type) || /\p{Cs}/u.test(type === 'string' ? one : '')) {
      throw Error(`"${name}" cannot be sent: ${type}, or half a character`);
    }
    return Array.isArray(one) ? one : made;
  });
}
