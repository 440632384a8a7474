"""A site with django-allauth, with the defaults of that package. It runs in its own Python environment."""

from __future__ import annotations

import os

import django
from django.conf import settings
from django.core.management import call_command
from django.http import JsonResponse
from django.urls import include, path

APPLICATION = {
    "provider_id": "vestibule",
    "name": "Vestibule",
    "client_id": os.environ["CLIENT_ID"],
    "secret": os.environ["CLIENT_SECRET"],
    "settings": {"server_url": os.environ["ISSUER"]},
}

settings.configure(
    SECRET_KEY="only-for-tests-on-this-machine",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{os.environ['FOLDER']}/site.sqlite"}},
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.messages",
        "django.contrib.sessions",
        "allauth",
        "allauth.account",
        "allauth.socialaccount",
        "allauth.socialaccount.providers.openid_connect",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ],
    AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
    LOGIN_REDIRECT_URL="/",
    SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [APPLICATION]}},
)
django.setup()

from allauth.socialaccount.models import SocialAccount  # noqa: E402 (a model needs the settings)


def show_member(request):
    if not request.user.is_authenticated:
        return JsonResponse({"error": "not signed in"}, status=401)
    data = SocialAccount.objects.get(user=request.user).extra_data
    return JsonResponse({"user": request.user.email, "claims": data["id_token"], "userinfo": data["userinfo"]})


urlpatterns = [path("accounts/", include("allauth.urls")), path("", show_member)]

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("runserver", f"127.0.0.1:{os.environ['PORT']}", use_reloader=False)
