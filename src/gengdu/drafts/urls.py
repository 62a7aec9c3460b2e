"""The addresses of notices on their way to a plan."""

from django.urls import path

from gengdu.drafts import adopting_views, views

ONE = "drafts/<int:number>/"

urls = [
    path("drafts/", views.listed, name="drafts"),
    path(ONE, views.draft, name="draft"),
    path(f"{ONE}items/<slug:item>/", views.item, name="draft_item"),
    path(f"{ONE}new/<slug:kind>/", views.new, name="draft_new"),
    path(f"{ONE}do/", views.deed, name="draft_do"),
    path(f"{ONE}corrections/", views.corrections, name="draft_corrections"),
    path(f"{ONE}file/", views.file, name="draft_file"),
    path(f"{ONE}remove/", views.remove, name="draft_remove"),
    path(f"{ONE}adopt/", adopting_views.adopt, name="draft_adopt"),
    path(f"{ONE}plans/<slug:plan>/", adopting_views.adopted, name="draft_plan"),
]
