/**
 * Words that say how others hang together and not what a text is of: prepositions, conjunctions, particles, pronouns, the verb
 * to be and auxiliaries. A search by them finds nearly all of a corpus, or in a small one a few scenes by chance.
 */
const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  [
    'в во на над надо под подо за из изо к ко у о об обо от ото до с со по при про без безо для через между меж перед передо',
    'пред предо после среди сквозь вокруг около возле подле мимо вдоль против ради кроме вместо внутри вне',
    'и а но да или либо то что чтобы чтоб если как так когда пока хотя ибо раз будто словно тоже также зато однако чем где куда',
    'откуда там тут здесь сюда туда не ни бы б же ж ли ль ведь вот вон даже лишь только уж уже еще ну разве пусть очень',
    'я меня мне мной мною ты тебя тебе тобой тобою он его ему им нем него нему ним она ее ей ею нее ней нею оно мы нас нам нами',
    'вы вас вам вами они их ими них ними себя себе собой собою кто кого кому кем ком чего чему чем',
    'мой моя мое мои моего моей моему моим моих моими мою твой твоя твое твои твоего твоей твоему твоим твоих твою',
    'наш наша наше наши нашего нашей нашему нашим наших нашу ваш ваша ваше ваши вашего вашей вашему вашим ваших вашу',
    'свой своя свое свои своего своей своему своим своих своими свою',
    'этот эта это эти этого этой этому этим этих этими эту тот та те того той тому тем тех теми ту такой такая такое такие',
    'весь вся все всего всей всему всем всех всеми всю который которая которое которые которого которой которому которым которых',
    'сам сама само сами быть был была было были есть буду будет будут будем',
    'the a an and or but nor so yet if then than that this these those of in on at by for with without to from into onto upon',
    'over under between among through during before after above below about against as is am are was were be been being do does',
    'did have has had will would shall should can could may might must not no i me my mine we us our ours you your yours he him',
    'his she her hers it its they them their theirs who whom whose which what when where why how there here all any some each',
    'every both such only very just too also',
  ].flatMap((line) => line.split(' ')),
);

/** The word of a piece of text between spaces, as the list writes it: by this two pieces are the same word. */
export const bareWord = (piece: string): string =>
  piece
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');

/**
 * The words of a query that a search may go by, as they are written, the longest first, since long words are rare. Words
 * without content are left out, unless there are no others.
 */
export const contentWords = (query: string): readonly string[] => {
  const words = query.split(/\s+/u).filter((piece) => bareWord(piece) !== '');
  const content = words.filter((word) => !FUNCTION_WORDS.has(bareWord(word)));
  const kept = content.length > 0 ? content : words;
  const distinct = new Map(kept.map((word) => [bareWord(word), word]));
  return [...distinct].sort(([x], [y]) => y.length - x.length || (x < y ? -1 : 1)).map(([, word]) => word);
};
