// The worker's side of the search: fetches the index and the words, and answers the theme in its own messages, which
// have the types 1, ready, 2, a query, and 3, what was found.

import { searcher } from "./rank.js";

const read = async (file) => (await fetch(new URL(file, import.meta.url))).json();
const [index, words] = await Promise.all([read("../../search/search_index.json"), read("words.json")]);
const answer = searcher(index.docs, words);

onmessage = ({ data }) => {
  if (data.type === 2) postMessage({ type: 3, data: { items: answer(data.data) } });
};
postMessage({ type: 1 });
