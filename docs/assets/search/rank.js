// What the search finds, ranked by the whole question: by the names that are most like it (titles, headings, aliases,
// the words of tools/search.yml), and by the text, as MiniSearch ranks it. It needs no page, so that tests can call it.

import MiniSearch from "../vendor/minisearch.js";
import { stemmer } from "../vendor/stemmer.js";

/** American and British spellings become one. */
const SPELLINGS = [
  [/(\w\w)our(?!c|n|g|t|se)/, "$1or"],
  [/tre(s?)$/, "ter$1"],
  [/practis/, "practic"],
  [/programme/, "program"],
  [/licenc/, "licens"],
  [/judgement/, "judgment"],
  [/([aeiouy]\w+)is(e|ed|es|er|ers|ing|ation|ations)$/, "$1iz$2"],
  [/lys(e|ed|es|er|ing)$/, "lyz$1"],
  [/([aeiouy]\w*e)ll(ing|ed|er)/, "$1l$2"],
];

/** The words of a text, without capitals, accents and apostrophes; NS&I is one word. */
export function split(text) {
  const plain = text.replaceAll("&amp;", "&").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/['’‘`](s\b)?|(?<=\w)&(?=\w)/g, "").match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** A name as it is typed, in the singular or the plural. */
const bare = (list) => list.map((word) => word.replace(/(?<=.)s$/, "")).join(" ");

/** What words mean: one term for all forms of a word, and for words that mean the same. */
function language({ asks, same }) {
  const pairs = same.flatMap(([to, ...others]) => others.map((from) => [from, to]));
  const alike = new Map();
  for (const [from, to] of pairs) for (const one of [from, `${from}s`, from.replace(/y$/, "ies")]) alike.set(one, to);
  const phrases = pairs.filter(([from]) => from.includes(" "));
  const known = new Map();
  const meaning = (word) => {
    const stem = () => stemmer(SPELLINGS.reduce((text, [from, to]) => text.replace(from, to), alike.get(word) ?? word));
    return known.get(word) ?? known.set(word, stem()).get(word);
  };
  const joined = (list) => {
    const text = phrases.reduce((all, [from, to]) => all.replaceAll(` ${from} `, ` ${to} `), ` ${list.join(" ")} `);
    return text.trim().split(" ");
  };
  // Words that only ask decide nothing, unless there are no others.
  const only = new Set(asks);
  const telling = (list) => (list.every((word) => only.has(word)) ? list : list.filter((word) => !only.has(word)));
  return {
    meaning,
    all: (list) => joined(list).map(meaning),
    terms: (list) => telling(joined(list)).map(meaning),
    isWord: (word) => only.has(word) || alike.has(word),
  };
}

/** The records of the index by address; a section whose heading many pages share, and no name, is one with its page. */
function gather(records, names) {
  const docs = new Map();
  const titles = new Map();
  for (const { title } of records) titles.set(title, (titles.get(title) ?? 0) + 1);
  let page;
  for (const { location, title, text } of records) {
    const parts = location.includes("#") ? [] : title.split(/: | \(|\)/).filter(Boolean);
    const doc = { location, title, names: [...new Set([title, ...parts, ...(names[location] ?? [])])] };
    doc.text = text.replace(/<[^>]+>|https?:\S+/g, " ");
    if (!location.includes("#")) page = doc;
    if (doc === page || names[location] || titles.get(title) < 4) docs.set(location, doc);
    else page.text += ` ${doc.text}`;
  }
  return docs;
}

/** From the records of the index and the words that people type: the function that answers a query. */
export function searcher(records, words) {
  const { meaning, all, terms, isWord } = language(words);
  const docs = gather(records, words.names);

  // The names, each with its terms; the text; and how often each word is spelt.
  const spelt = new Map();
  const learn = (text) => {
    const list = split(text);
    for (const word of list) spelt.set(word, (spelt.get(word) ?? 0) + 1);
    return list;
  };
  const every = [...docs.values()].flatMap((doc) => doc.names.map((text) => ({ doc, list: learn(text) })));
  const names = every.map(({ doc, list }) => ({ doc, bare: bare(list), terms: new Set(terms(list)) }));
  const named = new Set(spelt.keys());
  const index = new MiniSearch({
    idField: "location",
    fields: ["names", "text"],
    extractField: (doc, field) => (field === "names" ? doc.names.join(" / ") : doc[field]),
    tokenize: (text) => all(learn(text)),
    searchOptions: { tokenize: (text) => text.split(" "), boost: { names: 4 } },
  });
  index.addAll([...docs.values()]);
  const spelling = new MiniSearch({ idField: "word", fields: ["word"] });
  spelling.addAll(Array.from(spelt.keys(), (word) => ({ word })));

  // The names that have a term; and what it decides: little if most pages have it, the more the fewer names have it.
  const having = new Map();
  for (const name of names)
    for (const term of name.terms) having.get(term)?.push(name) ?? having.set(term, [name]);
  const weak = new Set(words.weak.map(meaning));
  const worth = (term) => (weak.has(term) ? 2 : Math.log(names.length / (1 + (having.get(term)?.length ?? 0))) ** 2);
  const sum = (list) => list.reduce((all, term) => all + worth(term), 0);
  for (const name of names) name.worth = sum([...name.terms]);

  const meant = new Set(Array.from(spelt.keys(), meaning));
  const known = (word) => isWord(word) || meant.has(meaning(word));
  const near = (word, options) => {
    const boostDocument = (other) => 1 + Math.log(spelt.get(other)) / 50;
    return spelling.search(word, { ...options, boostDocument }).map(({ id }) => id);
  };
  /** For a word that the site lacks: the two words in it, or the word one slip away from it, or two if it is long. */
  const mend = (word) => {
    for (let n = 2; n < word.length; n++)
      if (spelt.has(word.slice(0, n)) && spelt.has(word.slice(n)) && /..|\d/.test(word.slice(n)))
        return [word.slice(0, n), word.slice(n)];
    const slips = /\d/.test(word) || word.length < 5 ? 0 : word.length < 6 ? 1 : 2;
    return slips ? near(word, { fuzzy: slips }).slice(0, 1) : [];
  };
  /** A query's words as the site spells them; what the last, not yet typed to its end, may become; [slip, meant]. */
  const read = (query) => {
    const [list, slips, typed] = [[], [], split(query)];
    for (let i = 0; i < typed.length; i++) {
      const word = typed[i];
      const next = i + (typed[i + 1] === "and" ? 2 : 1);
      const pair = word + (typed[next] ?? "?");
      const begun = i < typed.length - 1 || /\s$/.test(query) || known(word) ? [] : near(word, { prefix: true });
      const longer = begun.filter((other) => other.startsWith(word)).slice(0, 8);
      if (longer.length) return { list: [...list, longer[0]], longer, slips };
      if (named.has(pair) || (known(pair) && !(known(word) && known(typed[next])))) {
        list.push(pair);
        i = next;
      } else {
        const mended = known(word) ? [] : mend(word);
        list.push(...(known(word) ? [word] : mended));
        if (!known(word) && mended.length < 2) slips.push([word, ...mended]);
      }
    }
    return { list, longer: [], slips };
  };

  /** [address, score] of each record that has something of a query, the best first; its terms; its slips. */
  const rank = (query) => {
    const { list, longer, slips } = read(query);
    if (!list.length) return { ranked: [], wanted: new Set(), slips };
    const wanted = terms(list).map((term) => [term]);
    if (longer.length) wanted.splice(-1, 1, longer.map(meaning));
    const found = index.search(wanted.flat().join(" "));
    // A list of sources holds every name: it comes after a page that has something to say of it.
    const weight = (id) => (id.startsWith("sources/") ? 0.5 : 1) / found[0].score;
    const scores = new Map(found.map(({ id, score }) => [id, score * weight(id)]));
    const total = sum(wanted.map(([term]) => term));
    const whole = bare(list);
    // What each name that has something of the query shares with it: of what its last word may become, the first.
    const shares = new Map();
    for (const some of wanted) {
      const last = [...some].reverse();
      const firsts = new Map(last.flatMap((term) => (having.get(term) ?? []).map((name) => [name, term])));
      for (const [name, term] of firsts) shares.set(name, (shares.get(name) ?? 0) + worth(term));
    }
    const likest = new Map();
    for (const [{ doc, ...name }, shared] of shares) {
      const like = shared / (total + (name.worth - shared) / 2);
      const exact = name.bare !== whole ? 0 : doc.location.includes("#") ? 2 : 4;
      likest.set(doc.location, Math.max(likest.get(doc.location) ?? 0, 3 * like ** 2 + exact));
    }
    for (const [location, score] of likest) if (score) scores.set(location, (scores.get(location) ?? 0) + score);
    return { ranked: [...scores].sort(([, a], [, b]) => b - a), wanted: new Set(wanted.flat()), slips };
  };

  /** Of the sentence of a text that has most of the terms, what stands around the first, with all marked. */
  const teaser = (text, wanted) => {
    const count = (part) => {
      const has = new Set(split(part).map(meaning));
      return [...wanted].filter((term) => has.has(term)).length;
    };
    const mark = (word) => (count(word) ? word.replace(/[\p{L}\p{N}](.*[\p{L}\p{N}])?/u, "<mark>$&</mark>") : word);
    const best = text.split(/(?<=[.?!])\s+/).reduce((one, other) => (count(other) > count(one) ? other : one));
    const list = best.trim().split(/\s+/);
    const from = Math.max(0, list.findIndex(count) - 9);
    const part = list.slice(from, from + 30).map(mark);
    return [...(from ? ["…"] : []), ...part, ...(list.length > from + 30 ? ["…"] : [])].join(" ");
  };

  /** What the theme shows of a query: pages, each by its parts, the best first; where nothing fits, the ways on. */
  return (query) => {
    const { ranked, wanted, slips } = rank(query);
    const pages = new Map();
    const shown = (location, score) => ({ ...docs.get(location), score, terms: {} });
    for (const [location, score] of ranked.filter(([, score]) => score > 0.25)) {
      const page = location.split("#")[0];
      if (!pages.has(page)) pages.set(page, []);
      pages.get(page).push(shown(location, score));
    }
    for (const [page, parts] of pages) if (parts.every((part) => part.location !== page)) parts.push(shown(page, 0));
    const ways = query.trim() ? words.lost.filter((location) => docs.has(location)) : [];
    const lost = ways.map((location, n) => [shown(location, 1 - n / 9)]);
    const items = pages.size ? [...pages.values()].slice(0, 10) : lost;
    for (const part of items.flat()) part.text = teaser(part.text, wanted);
    const said = slips.map(([slip, other]) => `Not found: ${slip}. ${other ? `Shown: ${other}. ` : ""}`).join("");
    const note = pages.size ? said : `Nothing found for ${split(query).join(" ") || "this"}. `;
    if (items.length) items[0][0].text = note + items[0][0].text;
    return items;
  };
}
