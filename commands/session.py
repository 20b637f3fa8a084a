"""What every command has in common: the shared options, the session that they make, the exit codes.

Options are accepted before the noun and after the verb alike; the one after wins. A command's function
takes the `Session` first. Nothing heavy is imported until a command asks for `looking` or `acting`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

import click

from commands import click_words
from commands.printing import WIDTH, pasted
from runtime.office.settings import Options, environment, language, language_at_hand
from runtime.office.typed import composed
from workflow.model.errors import TdktError

if TYPE_CHECKING:
    from runtime.acts.acting import Acting
    from runtime.office.looking import Looking
    from runtime.office.words import Words

DONE, REFUSED, USAGE, CONFLICT, DATABASE = 0, 1, 2, 3, 4
INTERRUPTED = 130

PATHS = frozenset({"FILE", "FILE FILE", "PATH…", "URL"})
"""What parameters are called that name files: these stay as typed, for a file's name may be decomposed."""


class NotConfirmed(TdktError):
    """Not confirmed, so nothing was changed. Repeat and confirm, or add --yes."""

    code = "not_confirmed"


Answered = TypeVar("Answered")

EXPECTED = (TdktError, click.ClickException, click.exceptions.Abort, click.exceptions.Exit, OSError)
"""What ends a command and is no bug of the program."""

HELP = {
    "db": ("The database: a URL or a file.", "Cơ sở dữ liệu: địa chỉ hoặc tệp."),
    "office": ("The office, where there are several.", "Cơ quan, khi có nhiều cơ quan."),
    "year": ("The plan's year (else the newest).", "Năm kế hoạch (mặc định: mới nhất)."),
    "actor": ("The account that acts.", "Tài khoản thực hiện."),
    "json": ("Print JSON.", "In ra JSON."),
    "yes": ("Do not ask.", "Không hỏi lại."),
    "now": ("A sandbox's time.", "Thời điểm của bản thử."),
    "key": (
        "A key of your own: what is repeated with it is done once.",
        "Mã tự đặt cho lệnh: lặp lại cùng mã thì chỉ thực hiện một lần.",
    ),
    "no_pager": ("Print a long page at once.", "In hết một lần, không lật từng trang."),
}


LANGUAGE = "tdkt.language"
"""Where the running command line remembers in what language it speaks."""


def spoken() -> str:
    """The language of what is said before an office is open: TDKT_LANG, else what the office stored."""
    here, context = environment(), click.get_current_context(silent=True)
    if here.get("TDKT_LANG") or context is None:
        return language(None, here)
    if LANGUAGE not in context.meta:
        options = context.obj if isinstance(context.obj, Options) else Options()
        context.meta[LANGUAGE] = language(language_at_hand(options, here), here)
    found: str = context.meta[LANGUAGE]
    return found


def pick(words: tuple[str, str]) -> str:
    """One of (English, Vietnamese), for what is shown before any database is open."""
    return words[1] if spoken() == "vi" else words[0]


click_words.speak(lambda: spoken() == "vi")


class Help(click.HelpFormatter):
    """A help page whose words for values are in the reader's language too."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, named_values(args), prefix=prefix)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        asked, told = click_words.HELP_OPTION[0], pick(click_words.HELP_OPTION)
        spoken_rows = [(named_values(left), told if right == asked else right) for left, right in rows]
        super().write_dl(spoken_rows, col_max, col_spacing)


def named_values(text: str) -> str:
    """What stands for values, like FILE, as the reader's language has it."""
    return click_words.metavars(text) if spoken() == "vi" else text


class HelpContext(click.Context):
    formatter_class = Help


class Command(click.Command):
    """A command that takes the shared options and hides them at the end of its help, which an example ends:
    what is typed after `tdkt` on the sandbox of the papers. One that only looks is `paged`."""

    context_class = HelpContext

    def __init__(
        self,
        *args: Any,
        words: tuple[str, str] = ("", ""),
        example: str = "",
        paged: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("context_settings", {"help_option_names": ["-h", "--help"]})
        super().__init__(*args, **kwargs)
        self.words = words
        self.example = example
        self.paged = paged
        self.params = [*self.params, *shared_options()]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The example, to be pasted: on one line where there is room for it."""
        formatter.write_paragraph()
        example = pasted(f"tdkt {self.example}", indent=2, most=WIDTH)
        formatter.write(f"{pick(('Example', 'Ví dụ'))}:\n{example}\n")

    def get_short_help_str(self, limit: int = 45) -> str:
        return pick(self.words).split("\n")[0]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(pick(self.words))

    def invoke(self, ctx: click.Context) -> Any:
        take_shared(ctx)
        if ctx.obj.key is not None:
            typed = [ctx.info_name, ctx.command_path, ctx.params, ctx.obj.year, ctx.obj.actor]
            ctx.obj = ctx.obj._replace(said=json.dumps(typed, default=str, sort_keys=True))
        assert self.callback is not None
        with self._page(ctx.obj), Session(ctx.obj) as session:
            return ctx.invoke(self.callback, session, **ctx.params)

    def _page(self, options: Options) -> AbstractContextManager[None]:
        if not self.paged or options.no_pager or not sys.stdout.isatty():
            return nullcontext()
        from commands.paging import paged

        return paged(environment())


class Noun(click.Group):
    """A group of verbs on one noun."""

    command_class = Command
    context_class = HelpContext

    def __init__(self, *args: Any, words: tuple[str, str] = ("", ""), **kwargs: Any) -> None:
        kwargs.setdefault("context_settings", {"help_option_names": ["-h", "--help"]})
        kwargs.setdefault("no_args_is_help", True)
        super().__init__(*args, **kwargs)
        self.words = words
        self.params = [*self.params, *shared_options()]

    get_short_help_str = Command.get_short_help_str
    format_help_text = Command.format_help_text

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Of a verb that is not there the likeliest are told, and all where none is like it."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as mistake:
            if mistake.possibilities:
                raise
            verbs = ", ".join(self.list_commands(ctx))
            said = f"{mistake.message} {pick((f'There are: {verbs}.', f'Chỉ có: {verbs}.'))}"
            raise click.NoSuchCommand(mistake.command_name, said, ctx=ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        take_shared(ctx)
        return super().invoke(ctx)


def take_shared(ctx: click.Context) -> None:
    """Reads what was typed and moves the shared options to where the session finds them."""
    for param in ctx.command.params:
        if param.name in ctx.params and param.metavar not in PATHS:
            ctx.params[param.name] = composed(ctx.params[param.name])
    given = {name: ctx.params.pop(f"shared_{name}") for name in HELP}
    above = ctx.obj if isinstance(ctx.obj, Options) else Options()
    ctx.obj = Options(**given).over(above)


def shared_options() -> list[click.Option]:
    """The options that every command takes."""
    return [
        option("--db", "shared_db", metavar="URL", words=HELP["db"]),
        option("--office", "shared_office", metavar="NAME", words=HELP["office"]),
        option("--year", "shared_year", type=int, words=HELP["year"]),
        option(
            "--as",
            "shared_actor",
            metavar="ACTOR",
            words=HELP["actor"],
            shell_complete=completes("accounts"),
        ),
        option("--json", "shared_json", is_flag=True, words=HELP["json"]),
        option("--yes", "shared_yes", is_flag=True, words=HELP["yes"]),
        option("--now", "shared_now", metavar="T", words=HELP["now"]),
        option("--key", "shared_key", metavar="K", words=HELP["key"]),
        option("--no-pager", "shared_no_pager", is_flag=True, words=HELP["no_pager"]),
    ]


def completes(what: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Completion by the function of that name in `commands.offering`, which is loaded only then."""

    def complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
        from commands import offering

        offered: list[str] = getattr(offering, what)(ctx, incomplete)
        return offered

    return complete


class Option(click.Option):
    """An option whose help is in two languages."""

    def __init__(self, *args: Any, words: tuple[str, str] = ("", ""), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = pick(self.words)
        return super().get_help_record(ctx)


def option(*names: str, words: tuple[str, str], **kwargs: Any) -> Option:
    """An option made outside a decorator."""
    return Option(list(names), words=words, **kwargs)


def with_option(*names: str, words: tuple[str, str], **kwargs: Any) -> Callable[[Any], Any]:
    """An option as a decorator: `words` is its help in (English, Vietnamese)."""
    return click.option(*names, cls=Option, words=words, **kwargs)


ACCOUNT = {"metavar": "ACCOUNT", "shell_complete": completes("accounts")}
"""What an option that takes an account has besides its name and its help."""
BODY = {"metavar": "BODY", "shell_complete": completes("bodies")}
TITLE = {"metavar": "ID", "shell_complete": completes("titles")}
TYPE = {"metavar": "TYPE", "shell_complete": completes("types")}
"""Likewise of one that takes a body, a title, a type of commendation."""

with_note = with_option("--note", words=("A free remark.", "Ghi chú."))


class Session:
    """One run of a command: its options, and on demand the database open for looking or for acting."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.environment: Mapping[str, str] = environment()
        self._looking: Looking | None = None
        self._acting: Acting | None = None

    def __enter__(self) -> Session:
        return self

    def __exit__(self, _kind: object, error: object, _trace: object) -> None:
        if isinstance(error, TdktError):
            error.words, error.language = self._words_of_open(), spoken()
        if self._looking is not None:
            self._looking.reading.__exit__()
        if self._acting is not None:
            self._acting.database.close()
        if isinstance(error, Exception) and not isinstance(error, EXPECTED):
            self._tell_damage(error)

    def let_go(self) -> None:
        """Closes what was opened for looking, before a work that goes on for weeks; the words stay."""
        if self._looking is not None:
            self._looking.words.complete()
            self._looking.reading.__exit__()

    def _tell_damage(self, error: Exception) -> None:
        """Raises what is damaged, where the database is; on a sound one the error is a bug, and stays one."""
        from commands.failures import Exit

        if isinstance(error, Exit):
            return
        from runtime.care.damage import damage_of

        damage = damage_of(self.options, self.environment)
        if damage is not None:
            raise damage from error

    def _words_of_open(self) -> Words | None:
        """The words of whatever is open; None where nothing is, or where not even they can be read."""
        if self._acting is None and self._looking is None:
            return None
        try:
            return self.words
        except TdktError:
            return None

    @property
    def json(self) -> bool:
        return self.options.json

    @property
    def looking(self) -> Looking:
        if self._looking is None:
            from runtime.office.looking import Looking

            self._looking = Looking(self.options, self.environment)
        return self._looking

    @property
    def acting(self) -> Acting:
        if self._acting is None:
            from runtime.acts.acting import Acting

            self._acting = Acting(self.options, self.environment)
            self._sign_in(self._acting)
            self._acting.check_key()
        return self._acting

    def _sign_in(self, acting: Acting) -> None:
        """By the token that `tdkt login` left, if there is one."""
        from runtime.office.token_file import kept_token

        token = kept_token(self.environment, acting.office)
        if token is not None:
            from runtime.acts.logins import sign_in_by_token

            sign_in_by_token(acting, token.value)

    @property
    def words(self) -> Words:
        """The words of whatever is open."""
        return self._acting.words if self._acting is not None else self.looking.words

    def confirmed(self, question: str) -> bool:
        """Whether a person agrees; --yes does. Without a terminal there is nobody to ask."""
        if self.options.yes:
            return True
        if not sys.stdin.isatty():
            return False
        answer: bool = click.prompt(
            f"{question} [{pick(('y/N', 'c/K'))}]",
            default="",
            show_default=False,
            value_proc=_agreed,
            err=True,
        )
        return answer

    def ask_and_do(
        self,
        foreseen: Answered,
        do: Callable[[], Answered],
        *,
        show: Callable[[], object],
        question: str | None,
        dry_run: bool = False,
    ) -> Answered:
        """Shows what would be done, asks, does it, and answers with what came of it.

        With --json nothing is shown: its one document is what came of it. A dry run ends with what is
        foreseen. Nobody is asked where there is no question. Raises NotConfirmed.
        """
        if not self.json:
            show()
        if dry_run:
            return foreseen
        if question is not None and not self.confirmed(question):
            raise NotConfirmed()
        return do()


AGREED = {"y": True, "yes": True, "c": True, "có": True, "co": True} | dict.fromkeys(("", "n", "no"), False)
AGREED |= dict.fromkeys(("k", "không", "khong"), False)
"""What a question is answered with, in either language; nothing is no."""


def _agreed(typed: str) -> bool:
    try:
        return AGREED[composed(typed.strip().lower())]
    except KeyError:
        raise click.UsageError(pick(("answer y or n", "trả lời c (có) hoặc k (không)"))) from None


def print_json(value: Any, *, err: bool = False) -> None:
    """One JSON document of what a view or an act gives, on stdout; with `err` one of a refusal on stderr,
    which is one line."""
    from runtime.office.records import plain

    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=None if err else 2), err=err)
