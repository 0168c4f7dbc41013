/** Whether a path, with `/` between its names, is among the files that `files` describes. */
function holds(files, path) {
  const names = path.split('/');
  const is_in = alternatives => alternatives.some(parts => describes(parts, names, names_agree));
  return is_in(files.in) && !is_in(files.out);
}

/** Whether a pattern, in which 0 stands for any number of things, describes a list of things. Takes time in proportion to
 *  the product of the lengths, because only the last 0 can ever have to stand for more. */
function describes(pattern, list, agree) {
  let at = 0, next = 0, last = -1, from = 0;
  while (next < list.length) {
    if (at < pattern.length && pattern[at] === 0) {
      last = at++;
      from = next;
    } else if (at < pattern.length && agree(pattern[at], list[next])) {
      at++;
      next++;
    } else if (last >= 0) {
      at = last + 1;
      next = ++from;
    } else {
      return false;
    }
  }
  while (at < pattern.length && pattern[at] === 0) at++;
  return at === pattern.length;
}

/** Whether a component of a pattern matches a name. */
function names_agree(part, name) {
  if (typeof part === 'string') return part === name;
  if (name === '' || name === '.' || name === '..' || name.includes('\\')) return false;
  return part.some(shape => describes(signs(shape), [...name], letters_agree));
}

/** A shape of a name with one sign for each character. */
function signs(shape) {
  return shape.flatMap(sign => typeof sign === 'string' ? [...sign] : [sign]);
}

/** Whether a sign matches a character. */
function letters_agree(sign, letter) {
  if (typeof sign === 'string') return sign === letter;
  const code = letter.codePointAt(0);
  return sign.some(([first, last]) => first <= code && code <= last);
}
