namespace Recollect.Memorize.Generation.Extractive.Cues;

/// <summary>English cues; phrases are separated by semicolons and read without clitics (<c>I'm</c> is <c>i</c>).</summary>
internal static class EnglishCues
{
    /// <summary>The phrases by kind.</summary>
    internal static readonly (CueKinds Kind, string Phrases)[] All =
    [
        (CueKinds.Statement, """
            i live; i now live; i lived; i moved; i moving; i am moving; we live; we moved; we moving; we are moving; i work; i used to; i grew up; i was born; i studied; i study;
            i allergic; i am allergic; allergic to; i vegetarian; i vegan; i am vegetarian; i am vegan; i hate; i love; i prefer; i like; i don like; i can stand; i don eat; i never; i always; i usually; i only;
            i have; i own; i got; i need; i want; i pay; i earn; i drive; i run; i take; i speak; i play; i started; i stopped; i quit; i joined; i finished; i passed; i bought; i sold; i married; i am married;
            i got married; i engaged; i pregnant; i retired; i plan; i planning; i hoping; i dream; i afraid; i worried; my favourite; my favorite; my new; our new; our address; our house; our flat; our son; our daughter; our wedding; i used; we have; we need; we want; we got; we bought; i learning;
            my daughter; my son; my wife; my husband; my partner; my mother; my father; my mum; my mom; my dad; my sister; my brother; my parents; my kids; my children; my boss; my colleague; my friend; my landlord;
            my manager; my team; my job; my company; my boyfriend; my girlfriend; my fiancé; my dog; my cat; my car; my house; my flat; my apartment; my address; my number; my phone; my email; my doctor; my name; my birthday; my budget; my goal; my grandma; my aunt; my uncle; my cousin; my nephew; my niece;
            remember that; please remember; from now on; call me; don forget; note that; is called; was diagnosed; i diagnosed
            """),
        (CueKinds.Decision, """
            decided; decide; decision; we agreed; agreed on; agreed to; booked; i booked; cancelled; canceled; postponed; moved to; moved from; moving to; moved it; is now; are now; not anymore; no longer; instead of; instead;
            i will; i ll; we will; i going to; we going to; i said yes; signed; confirmed; scheduled; rescheduled; changed; change of plan; new date; got the job; accepted; ordered; paid; promised; starts on; starting; deadline;
            due on; final; turns out; came back; it official; approved; rejected; hired; resigned; resign; switched to; chose; i chosen; picked; settled on; reserved; appointment; let go with; i take
            """),
        (CueKinds.Filler, """
            thanks; thank you; thank; thx; hi; hello; hey; good morning; good night; good evening; good luck; morning; great; perfect; lovely; ok; okay; sure; yes; yeah; yep; yup; no; nope; lol; haha; hahaha; hehe; wow; cool; nice; bye;
            see you; cheers; sorry; welcome; congratulations; congrats; happy new year; sounds good; sounds great; got it; makes sense; of course; no problem; no worries; absolutely; exactly; indeed; right; fine; good; awesome; amazing; omg;
            please; anytime; noted; done; wtf; ugh; hmm; oh; ah; woah; whoa; aww; alright; all right; fair enough; deal; brilliant; excellent; wonderful; fantastic; take care; talk soon; how are you; what up; that great; ready; happy; glad; enjoy; fun; yay
            """),
        (CueKinds.Month, "january; february; march; april; may; june; july; august; september; october; november; december; jan; feb; mar; apr; jun; jul; aug; sep; sept; oct; nov; dec"),
        (CueKinds.Weekday, "monday; tuesday; wednesday; thursday; friday; saturday; sunday; mondays; tuesdays; wednesdays; thursdays; fridays; saturdays; sundays; tue; tues; wed; thu; thur; thurs; fri"),
        (CueKinds.RelativeDate, """
            tomorrow; the day after tomorrow; tonight; yesterday; next week; next month; next year; last week; last month; last year; last night; this weekend; next weekend; last weekend; this week; this month; this year; next spring; next summer;
            next autumn; next fall; next winter; last summer; last spring; last winter; this summer; this morning; this afternoon; this evening; weeks ago; days ago; months ago; years ago; a week ago; a year ago; in two weeks; in a week; in a month; end of the month; end of the year; easter; christmas
            """),
        (CueKinds.Unit, """
            percent; euro; euros; dollars; dollar; bucks; pounds; pence; cents; cent; eur; usd; gbp; chf; km; m; cm; mm; mi; miles; mile; kg; g; lb; lbs; oz; l; ml; hours; hour; hrs; minutes; minute; min; mins; seconds; days; day; weeks; week; months;
            month; years; year; pm; am; kw; kwh; gb; mb; tb; degrees; people; guests; square; sqm; metres; meters; kilometres; kilometers; litres; liters; grams; k; km/h; mph; nights; night; times; pages; copies; kcal; calories; mg; °c
            """),
        (CueKinds.Title, "mr; mrs; ms; dr; prof; professor; miss; sir; uncle; aunt; auntie; father; sister; rev; captain; doctor; coach; grandma; grandpa"),
        (CueKinds.Kin, """
            sister; brother; wife; husband; son; daughter; mother; father; mum; mom; dad; boss; colleague; coworker; friend; friends; neighbour; neighbor; cousin; uncle; aunt; nephew; niece; partner; boyfriend; girlfriend; fiance; manager; teacher; doctor;
            dentist; landlord; landlady; roommate; flatmate; teammate; kid; kids; boy; girl; baby; grandson; granddaughter; grandmother; grandfather; therapist; apprentice; director; owner; brothers; sisters; trainer; coach; tutor; midwife; physio
            """),
        (CueKinds.PersonVerb, """
            says; said; told; tells; asked; asks; wants; wanted; thinks; thought; knows; knew; loves; loved; likes; liked; hates; hated; works; lives; lived; moved; came; comes; called; calls; wrote; writes; bought; gave; gives; is coming; has been; will be;
            will pretend; took; brought; brings; helped; helps; agreed; offered; suggested; feels; felt; swims; runs; plays; teaches; taught; met; starts; started; turned; turns; needs; got; laughed; cried; smiled; born; drives; drove; promised; goes; went; who
            """),
        (CueKinds.Place, "street; lane; road; avenue; square; hotel; station; airport; museum; school; university; college; hospital; park; river; lake; mount; mountain; city; town; island; beach; county; row; house; bridge; cafe; restaurant; bar; church; ltd; inc; corp; company; in; at; near; from; to; via; into; towards; the; a; an; visit; visited"),
        (CueKinds.Determiner, "the; a; an; my; your; our; his; her; their; its; this; that; these; those; of; for; in; with; at; on; no; some; any; from; about; new; old; by; into; per; without; another; every"),
        (CueKinds.BeforeVerb, "i; you; we; they; he; she; it; to; will; would; can; could; should; must; don; doesn; didn; not; let; please; and; just; never; might; may; won; never; who; ll"),
        (CueKinds.Function, "two; three; four; five; six; seven; eight; nine; ten; eleven; twelve; first; second; third; half; ones; quite; pretty; maybe; probably; already; enough; almost; ago; soon; later; much; many; lots; bit; actually; anyway; basically; bad; big; small; bc; tbh; w; gonna; wanna; isnt; dont; wasnt; cant; didnt; doesnt; thats; theres; ive; im; its; whats; weve; hes; shes; youre; theyre; minus; plus; instead; therefore; otherwise; rather; else; back; away; off; early; late; tonight; whole; full; short; long; last; next"),
        (CueKinds.Anaphor, "you; your; it; that; this; he; she; they; these; those; then; so; and; but; because; which; there; them; or; also; if; not; even; only"),
    ];
}
