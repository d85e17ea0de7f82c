import type { Language } from '../scene/scene.ts';

/** Abbreviations by what a full stop behind them says about the sentence; lower case, without the last full stop. */
export interface Abbreviations {
  /** Stand before what they belong to (ул. Тверская, Mr. Brown): the sentence always goes on. */
  readonly leading: ReadonlySet<string>;
  /** Belong to a number behind them (стр. 5, No. 7): the sentence goes on before a number only. */
  readonly counting: ReadonlySet<string>;
  /** May end a sentence as well (и т. д., 5 p.m.): it ends before a word that usually begins one. */
  readonly trailing: ReadonlySet<string>;
  /** Words that begin sentences and are no names: behind a trailing abbreviation or an initial they begin one. */
  readonly starters: ReadonlySet<string>;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/u).filter((word) => word !== ''));

// Left out on purpose, since the words themselves end sentences in prose: полк, лет, пер, art, cap.
const RUSSIAN: Abbreviations = {
  leading: words(`
    ул пл пр-т просп наб бульв шос обл р-н пос дер гос г-н г-жа г-да ср напр преп прп св проф акад доц инж ген подп
    лейт адм тов зав сост т.е т.н т.наз о-в
  `),
  counting: words('стр с гл т тт ч п пп д к корп кв рис табл ст тел оф вып л № §'),
  trailing: words(`
    г гг в вв э н.э т.д т.п т.о т.к др пр проч тыс млн млрд трлн руб р коп долл мин сек мм см м км кг гр га л д п
    им ст и.о вкл искл etc
  `),
  starters: words(`
    он она оно они я мы ты вы это этот эта эти тот та те там тут здесь тогда потом затем но а и или да нет не ни
    когда если как что кто где куда почему зачем в во на во с со к ко по из за от до у о об при для без под над через
    после перед между его её ее их ему ей мой моя мои наш наша наши ваш твой свой все всё весь вся каждый никто
    ничего вот уже ещё еще только даже однако поэтому впрочем наконец вдруг так такой
  `),
};

const ENGLISH: Abbreviations = {
  leading: words(`
    mr mrs ms messrs mme mlle dr prof rev hon st mt ft gen col maj capt lt sgt cpl adm cmdr gov sen rep pres supt
    e.g i.e viz cf vs dept univ
  `),
  counting: words('no nos p pp vol vols ch chap fig figs sec art c'),
  trailing: words('p.m a.m u.s u.k u.n u.s.a jr sr esq inc ltd co corp bros etc al ph.d m.d b.a m.a d.c b.c a.d'),
  starters: words(`
    he she it they we you i this that these those there then here but and or so yet nor if when while as after before
    because although though since until what who whom whose which where why how the a an in on at to from with without
    for by of under over into his her its their my our your all each every no not nobody nothing everyone one some
    once now perhaps only even still soon suddenly finally however
  `),
};

export const ABBREVIATIONS: Readonly<Record<Language, Abbreviations>> = { ru: RUSSIAN, en: ENGLISH };
